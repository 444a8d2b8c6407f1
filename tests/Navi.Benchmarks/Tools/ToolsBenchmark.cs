using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Navi.Agent.Code;
using Navi.Agent.Tools;
using Navi.Measuring;

namespace Navi.Benchmarks.Tools;

/// <summary><c>navi bench tools</c>: how well definitions are read. ctags errs, too: where it does, both figures are lower than the truth.</summary>
internal static class ToolsBenchmark
{
    public const string Name = "tools";

    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static async Task<int> RunAsync(ToolsOptions options, CancellationToken cancellation)
    {
        var place = Directory.CreateTempSubdirectory("navi-bench-tools-").FullName;
        try
        {
            var head = new { date = TimeProvider.System.GetUtcNow(), machine = Machine.Described, cores = Environment.ProcessorCount, dotnet = RuntimeInformation.FrameworkDescription, ctags = await Ctags.VersionAsync(cancellation) };
            Say(options.Json ? JsonSerializer.Serialize(head, Json) : string.Create(CultureInfo.InvariantCulture,
                $"{head.date:yyyy-MM-dd HH:mm} UTC · {head.machine}, {head.cores} cores, {head.dotnet} · {head.ctags}\nA definition agrees when path, line and name are the same.\n\n{"code",-36} {"group",-20} {"files",6} {"ours",7} {"ctags",7} {"both",7} {"precision",9} {"recall",7} {"s",6}"));
            foreach (var code in await CodeBases.FindAsync(place, cancellation))
                foreach (var score in await CompareAsync(code, Path.Combine(place, "files"), cancellation))
                    Say(options.Json ? JsonSerializer.Serialize(score, Json) : string.Create(CultureInfo.InvariantCulture,
                        $"{score.Code,-36} {score.Group,-20} {score.Files,6} {score.Ours,7} {score.Theirs,7} {score.Both,7} {score.Precision,9:0.000} {score.Recall,7:0.000} {score.Seconds,6:0.0}"));
            return 0;
        }
        catch (InvalidOperationException e)
        {
            throw new UsageException(e.Message);
        }
        finally
        {
            Directory.Delete(place, recursive: true);
        }
    }

    private static async Task<IReadOnlyList<Score>> CompareAsync(CodeBase code, string list, CancellationToken cancellation)
    {
        var files = Files(code);
        var started = Stopwatch.GetTimestamp();
        var ours = files.SelectMany(f => Read(code, f)).ToHashSet();
        var seconds = Math.Round(Stopwatch.GetElapsedTime(started).TotalSeconds, 2);
        var theirs = await Ctags.ReadAsync(code, files, list, cancellation);
        return
        [
            .. new[] { Definition.Code, Definition.Values }.Select(group =>
            {
                var (mine, other) = (ours.Where(d => d.Group == group).ToHashSet(), theirs.Where(d => d.Group == group).ToHashSet());
                return new Score(code.Name, group, files.Count, mine.Count, other.Count, mine.Intersect(other).Count(), seconds);
            }),
        ];
    }

    private static IEnumerable<Definition> Read(CodeBase code, string path) =>
        TextFile.Of(File.ReadAllBytes(Path.Combine(code.Directory, path))) is { } file && SymbolReader.Read(path, file.Text) is { } symbols
            ? symbols.Where(s => s.Kind != SymbolKind.Namespace && s.Kind != SymbolKind.Macro).Select(s => new Definition(path, s.Line, s.Name, GroupOf(s.Kind)))
            : [];

    private static string GroupOf(SymbolKind kind) => kind switch
    {
        SymbolKind.Property or SymbolKind.Field or SymbolKind.Event or SymbolKind.Variable or SymbolKind.Constant or SymbolKind.EnumMember => Definition.Values,
        _ => Definition.Code,
    };

    // What a build made is nobody's source; minified code is one line that no reader looks into.
    private static List<string> Files(CodeBase code) =>
    [
        .. Directory.EnumerateFiles(code.Directory, "*" + code.Extension, SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(code.Directory, f))
            .Where(f => !f.Split('/').Any(p => p is "bin" or "obj" or "artifacts" or "site-packages" or "dist-packages") && !f.EndsWith(".min.js", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    private static void Say(string line)
    {
        Console.Out.WriteLine(line);
        Console.Out.Flush();
    }
}
