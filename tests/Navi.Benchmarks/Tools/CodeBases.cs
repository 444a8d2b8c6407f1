using Navi.Benchmarks.Durable.Peers;
using Navi.Measuring;

namespace Navi.Benchmarks.Tools;

/// <summary>Finds or fetches the code.</summary>
internal static class CodeBases
{
    private const string RxJs = "rxjs@7.8.2";
    private const string Express = "express@5.1.0";

    /// <param name="place">An empty directory for what is fetched.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<IReadOnlyList<CodeBase>> FindAsync(string place, CancellationToken cancellation)
    {
        var python = (await Programs.SayAsync("python3", ["-c", "import sysconfig, platform; print(sysconfig.get_paths()['stdlib']); print(platform.python_version())"], cancellation)).Trim().Split('\n');
        await Npm.InstallAsync(Path.Combine(place, "rxjs"), [RxJs], cancellation);
        await Npm.InstallAsync(Path.Combine(place, "express"), [Express], cancellation);
        return
        [
            new("NAVI", Path.GetDirectoryName(SourceDocuments.Directory)!, "C#", ".cs"),
            new($"Python {python[1].Trim()} library", python[0].Trim(), "Python", ".py"),
            new(RxJs, Path.Combine(place, "rxjs", "node_modules", "rxjs", "src"), "TypeScript", ".ts"),
            new($"{Express} with its packages", Path.Combine(place, "express", "node_modules"), "JavaScript", ".js"),
        ];
    }
}
