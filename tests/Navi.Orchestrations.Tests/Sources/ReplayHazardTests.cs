using Navi.Testing;

namespace Navi.Orchestrations.Tests.Sources;

public sealed class ReplayHazardTests
{
    [Fact]
    public void Orchestrators_OfThisTree_HaveNoHazard()
    {
        var sources = SourceTree.CSharpFiles("orchestrations").Select(f => (f, File.ReadAllText(f))).ToList();

        Assert.Contains(sources, s => s.Item2.Contains("TaskOrchestrator<", StringComparison.Ordinal));
        Assert.Empty(ReplayHazards.Find(sources));
    }

    [Theory]
    [InlineData("_ = DateTime.UtcNow;")]
    [InlineData("_ = DateTimeOffset.Now;")]
    [InlineData("_ = Guid.NewGuid();")]
    [InlineData("_ = new Random().Next();")]
    [InlineData("_ = Random.Shared.Next();")]
    [InlineData("_ = Environment.MachineName;")]
    [InlineData("await Task.Delay(1);")]
    [InlineData("await Task.Run(() => 1);")]
    [InlineData("await context.CallActivityAsync(\"a\").ConfigureAwait(false);")]
    [InlineData("_ = File.ReadAllText(\"x\");")]
    [InlineData("_ = new HttpClient();")]
    [InlineData("new Thread(() => { }).Start();")]
    [InlineData("lock (this) { }")]
    [InlineData("_ = System.Diagnostics.Stopwatch.GetTimestamp();")]
    [InlineData("_ = new CancellationTokenSource(1000);")]
    [InlineData("_ = TimeProvider.System.GetUtcNow();")]
    [InlineData("_ = Helper.Now();")]
    public void Find_HazardousStatement_NamesIt(string statement)
    {
        var source = $$"""
            using Microsoft.DurableTask;
            namespace Sample;
            public sealed class Hazardous : TaskOrchestrator<string, string>
            {
                public override async Task<string> RunAsync(TaskOrchestrationContext context, string input) { {{statement}} await context.CallActivityAsync("x"); return input; }
            }
            internal static class Helper { public static DateTime Now() => DateTime.UtcNow; }
            """;

        Assert.NotEmpty(ReplayHazards.Find([("Hazardous.cs", source)]));
    }

    [Fact]
    public void Find_DurableCallsOnly_FindsNothing()
    {
        const string source = """
            using Microsoft.DurableTask;
            namespace Sample;
            public sealed class Fine : TaskOrchestrator<string, string>
            {
                public override async Task<string> RunAsync(TaskOrchestrationContext context, string input)
                {
                    var at = context.CurrentUtcDateTime + TimeSpan.FromHours(1);
                    await Task.WhenAll(context.CreateTimer(at, default), context.CallActivityAsync(nameof(File)));
                    return input + context.NewGuid();
                }
            }
            """;

        Assert.Empty(ReplayHazards.Find([("Fine.cs", source)]));
    }
}
