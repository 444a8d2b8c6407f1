using Navi.Benchmarks.Durable.Running;

namespace Navi.Benchmarks.Durable.Parts;

/// <summary>The floors by themselves, with nothing else at work.</summary>
internal static class FloorsPart
{
    private const int Commits = 100;

    public static async Task RunAsync(PartRun run, CancellationToken cancellation)
    {
        await using var floors = await CommitFloors.OpenAsync(run.Database.ConnectionString, cancellation);
        for (var round = 0; round < run.Options.Rounds; round++)
        {
            await floors.SampleAloneAsync(Commits, cancellation);
            await floors.SampleTogetherAsync(cancellation);
        }
        run.Report.Add(floors.AloneLine("nothing"));
        run.Report.Add(floors.TogetherLine("nothing"));
    }
}
