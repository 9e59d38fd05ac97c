if (args is ["--quick"]) Altar.Benchmarks.QuickAugmentation.Run();
else BenchmarkDotNet.Running.BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
