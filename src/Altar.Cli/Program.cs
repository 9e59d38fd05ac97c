return Altar.Cli.CommandLine.Run(args);
