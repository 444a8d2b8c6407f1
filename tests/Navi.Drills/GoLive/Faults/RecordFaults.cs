namespace Navi.Drills.GoLive.Faults;

/// <summary>What the documents may lack.</summary>
internal static class RecordFaults
{
    private const string SlowModel =
        """

        <!-- measured: slow -->
        100 of 100 tasks begun; **100 delivered what was asked**; 0 that NAVI calls completed are not what was asked.

        | model call | 480 | 1.16 | 7.20 | 9.58 | 14.57 |
        <!-- end of slow -->
        """;

    public static PlantedFault NoSpike { get; } = In("load", "the spike was not measured", @"docs/LOAD_TEST_RESULTS\.md has no run 'spike' .+", "LOAD_TEST_RESULTS.md", text => text.Replace("<!-- measured: spike -->", "", StringComparison.Ordinal));

    public static PlantedFault SlowCalls { get; } = In(
        "real-models", "a real model was measured and is too slow", @"none has 100 tasks, .+ with calls below 5 s at p95: slow: 100 of 100 tasks delivered, calls p95 7\.20 s", "PERFORMANCE_BENCHMARKS.md", text => text + SlowModel);

    private static PlantedFault In(string item, string what, string says, string file, Func<string, string> change) => new(item, what, says, async (scene, cancellation) =>
    {
        var (from, to) = (scene.Arguments["--documents"], scene.Production.Place("documents"));
        if (from != to)
        {
            foreach (var name in new[] { "LOAD_TEST_RESULTS.md", "PERFORMANCE_BENCHMARKS.md" })
                File.Copy(Path.Combine(from, name), Path.Combine(to, name), overwrite: true);
        }
        scene.Arguments["--documents"] = to;
        var path = Path.Combine(to, file);
        await File.WriteAllTextAsync(path, change(await File.ReadAllTextAsync(path, cancellation)), cancellation);
    });
}
