using System.Text.RegularExpressions;

namespace Altar.Apps.Tests;

/// <summary>A project of somebody else that references the library gets a libtorch that loads, also on Debian 12, Ubuntu 22.04 and RHEL 9.</summary>
public sealed partial class ReferencingProjectTests
{
    [Fact]
    public void A_project_that_imports_nothing_computes_after_Prepare()
    {
        using var folder = new TemporaryFolder();
        Write(folder, import: "", firstLine: "Altar.Tensors.NativeLibraries.Prepare();");

        Assert.Equal("12", BuildAndRun(folder));
    }

    [Fact]
    public void A_project_that_imports_the_targets_computes_at_once()
    {
        using var folder = new TemporaryFolder();
        Write(folder, import: $"""<Import Project="{Repository.Root}/src/Altar/buildTransitive/Altar.targets" />""", firstLine: "");

        Assert.Equal("12", BuildAndRun(folder));
    }

    private static void Write(TemporaryFolder folder, string import, string firstLine)
    {
        File.WriteAllText(folder.File("Consumer.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <InvariantGlobalization>true</InvariantGlobalization>
                <NuGetAudit>false</NuGetAudit>
                <CreateHardLinksForCopyLocalIfPossible>true</CreateHardLinksForCopyLocalIfPossible>
              </PropertyGroup>
              <ItemGroup>
                <ProjectReference Include="{Repository.Root}/src/Altar/Altar.csproj" />
                <PackageReference Include="TorchSharp-cpu" Version="{TorchSharpVersion()}" />
              </ItemGroup>
              {import}
            </Project>
            """);
        File.WriteAllText(folder.File("Program.cs"), $"""
            {firstLine}
            Console.WriteLine(TorchSharp.torch.ones(3, 4).sum().item<float>());
            """);
    }

    private static string BuildAndRun(TemporaryFolder folder)
    {
        // In Release, where check.sh has just built the library; without servers that would outlive the test.
        var build = CommandRun.ToEnd(CommandRun.Start("dotnet", folder.Path, "build", "-c", "Release", "-v", "quiet", "-nodeReuse:false", "-p:UseSharedCompilation=false"));
        Assert.True(build.ExitCode == 0, build.Output + build.Errors);

        var run = CommandRun.ToEnd(CommandRun.Start("dotnet", folder.Path, "bin/Release/net10.0/Consumer.dll"));
        Assert.True(run.ExitCode == 0, run.Output + run.Errors);
        return run.Output.Trim();
    }

    private static string TorchSharpVersion() =>
        TorchSharpEntry().Match(File.ReadAllText(Path.Combine(Repository.Root, "Directory.Packages.props"))).Groups[1].Value;

    [GeneratedRegex("Include=\"TorchSharp-cpu\" Version=\"([^\"]+)\"")]
    private static partial Regex TorchSharpEntry();
}
