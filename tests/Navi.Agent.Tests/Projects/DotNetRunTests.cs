using Navi.Agent.Projects;
using Navi.Agent.Tests.Support;

namespace Navi.Agent.Tests.Projects;

public sealed class DotNetRunTests
{
    /// <summary>The caches of packages are read-only in the sandbox: a project whose packages the machine has restores, builds and runs its tests without a network.</summary>
    [Fact]
    public async Task RunTests_DotNetProject_RestoresFromTheCacheAndRuns()
    {
        using var hands = new AgentHands();
        using var source = new SourceFixture()
            .With("T.csproj", """
                <Project Sdk="Microsoft.NET.Sdk">
                  <PropertyGroup><TargetFramework>net10.0</TargetFramework><OutputType>Exe</OutputType></PropertyGroup>
                  <ItemGroup>
                    <PackageReference Include="xunit.v3" Version="4.0.2" />
                  </ItemGroup>
                </Project>
                """)
            .With("global.json", """{ "test": { "runner": "Microsoft.Testing.Platform" } }""")
            .With("A.cs", "public class A { [Xunit.Fact] public void Adds() => Xunit.Assert.Equal(2, 1 + 1); }");
        source.Commit();
        await hands.PrepareAsync("t", source.Path);
        var scratch = hands.Store.OpenScratch("t", "c1", 1, hands.Store.Head("t"));
        var project = new DetectedProject(ProjectKind.DotNet, "", null, "dotnet test --project T.csproj", []);

        var report = await hands.Get<TestRunner>().RunAsync(scratch.Directory, project, TimeSpan.FromMinutes(4), TestContext.Current.CancellationToken);

        Assert.True(report!.Outcome == TestOutcome.Passed && report.Passed == 1, report.Output);
        Assert.Equal("bubblewrap", report.Sandbox);
    }
}
