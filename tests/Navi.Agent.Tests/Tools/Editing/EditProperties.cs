using System.Text;
using FsCheck.Xunit;
using LibGit2Sharp;
using Navi.Agent.Tests.Support;
using Navi.Agent.Tools.Editing;

namespace Navi.Agent.Tests.Tools.Editing;

/// <summary>Random edits of random files, taken back again, give the same bytes.</summary>
public sealed class EditProperties : IDisposable
{
    private readonly TempDirectory directory = new();
    private readonly Repository repository;

    public EditProperties() => repository = new Repository(Repository.Init(directory["r"]));

    public void Dispose()
    {
        repository.Dispose();
        directory.Dispose();
    }

    [Property(MaxTest = 400)]
    public void Patch_ThereAndBack_GivesTheSameText(int seed)
    {
        var random = new Random(seed);
        var before = RandomText.Of(random);
        var after = RandomText.Changed(random, before);
        var (there, back) = (Diff(before, after), Diff(after, before));
        if (there is null || back is null)
            return;

        Assert.Equal(after, HunkApplier.Apply(there, before).Text);
        Assert.Equal(before, HunkApplier.Apply(back, after).Text);
    }

    [Property(MaxTest = 400)]
    public void Edit_ThereAndBack_GivesTheSameText(int seed)
    {
        var random = new Random(seed);
        var before = RandomText.Of(random);
        if (before.Length == 0)
            return;
        // A piece with its own line ends, and something that stands nowhere else in its place.
        var start = random.Next(before.Length);
        var old = before.Substring(start, random.Next(1, Math.Min(60, before.Length - start) + 1));
        if (ExactPlaces.Find(before, old, 0, overlapping: true) is not [var place] || place.Length != old.Length)
            return;
        var added = $"\u0001{seed}\u0001";

        var there = TextEdit.Make(before, "f", new(old, added));
        Assert.NotNull(there.Text);
        var back = TextEdit.Make(there.Text, "f", new(added, old));

        Assert.Equal(before.ReplaceLineEndings("\n"), back.Text!.ReplaceLineEndings("\n"));
        // Where ends are mixed, those of lines that go and come again are their neighbours'.
        if (!old.Contains('\n', StringComparison.Ordinal) || !before.Contains('\r', StringComparison.Ordinal))
            Assert.Equal(before, back.Text);
    }

    [Property(MaxTest = 40)]
    public async Task Tools_RandomStepsTakenBack_GiveTheSameBytes(int seed)
    {
        var random = new Random(seed);
        var source = new SourceFixture();
        var paths = Enumerable.Range(0, 4).Select(n => $"d{n % 2}/f{n}.txt").ToList();
        foreach (var path in paths)
            source.With(path, RandomText.Bytes(random));
        using var bench = await ToolBench.OfAsync(source);
        var states = new Stack<(string Path, byte[] Content)>();
        for (var step = 0; step < 6; step++)
        {
            var path = paths[random.Next(paths.Count)];
            var before = Bytes(bench, path);
            var file = Navi.Agent.Tools.TextFile.Of(before)!;
            var text = RandomText.Changed(random, file.Text);
            if (file.Encode(text) is null || Diff(file.Text, text, path) is null)
                continue;
            var applied = await bench.CallAsync("apply_patch", new { patch = Patch(file.Text, text, path) });
            Assert.False(applied.IsError, applied.Content);
            Assert.Equal(file.Encode(text), Bytes(bench, path));
            states.Push((path, before));
        }

        while (states.TryPop(out var state))
        {
            var (now, then) = (Navi.Agent.Tools.TextFile.Of(Bytes(bench, state.Path))!, Navi.Agent.Tools.TextFile.Of(state.Content)!);
            var undone = await bench.CallAsync("apply_patch", new { patch = Patch(now.Text, then.Text, state.Path) });
            Assert.False(undone.IsError, undone.Content);
            Assert.Equal(state.Content, Bytes(bench, state.Path));
        }

        Assert.Equal(bench.Hands.Store.TreeId("t", bench.Hands.Store.Base("t")), bench.Hands.Store.TreeId("t", bench.Hands.Store.Head("t")));
    }

    private static byte[] Bytes(ToolBench bench, string path) => File.ReadAllBytes(Path.Combine(bench.Tree, path));

    private FilePatch? Diff(string from, string to, string path = "f") => Patch(from, to, path) is { Length: > 0 } patch ? Assert.Single(PatchFormats.Parse(patch, _ => true)) : null;

    private string Patch(string from, string to, string path)
    {
        var (a, b) = (Blob(from), Blob(to));
        var hunks = repository.Diff.Compare(a, b).Patch;
        return hunks.Length == 0 ? "" : $"--- a/{path}\n+++ b/{path}\n{hunks}";
    }

    private Blob Blob(string text) => repository.ObjectDatabase.CreateBlob(new MemoryStream(Encoding.UTF8.GetBytes(text)));
}
