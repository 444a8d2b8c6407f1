using System.Diagnostics;
using System.Text;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Navi.Agent.Tests.Support;
using Navi.Agent.Workspace;

namespace Navi.Agent.Tests.Workspace;

public sealed class DiffTests : IDisposable
{
    private readonly AgentHands hands = new();
    private readonly SourceFixture source = new();

    [Fact]
    public async Task Diff_AllKindsOfChanges_IsAppliedByGit()
    {
        source.With("a.txt", string.Join('\n', Enumerable.Range(1, 60))).With("gone.txt", "x\n").With("moved.txt", "m\n").With("latin.txt", [0x61, 0xFC, 0x0A, 0x62, 0x0A])
            .With("empty.txt", "").Commit();
        await hands.PrepareAsync("t", source.Path);
        var commit = hands.Step("t", "c1", root =>
        {
            File.WriteAllText(Path.Combine(root, "a.txt"), string.Join('\n', Enumerable.Range(1, 60).Select(i => i is 5 or 40 ? $"{i} changed" : $"{i}")) + "\n");
            File.Delete(Path.Combine(root, "gone.txt"));
            Directory.CreateDirectory(Path.Combine(root, "to"));
            File.Move(Path.Combine(root, "moved.txt"), Path.Combine(root, "to/moved \"here\".txt"));
            File.WriteAllBytes(Path.Combine(root, "latin.txt"), [0x61, 0xFC, 0x0A, 0x63, 0xE9, 0x0A]);
            File.WriteAllText(Path.Combine(root, "new file.txt"), "no newline");
            File.SetUnixFileMode(Path.Combine(root, "empty.txt"), (UnixFileMode)0b111_101_101);
        });

        var patch = hands.Store.Diff("t", hands.Store.Base("t"), commit);
        Assert.Equal(patch, hands.Store.Diff("t", hands.Store.Base("t"), commit));

        Apply(source.Path, patch);
        var expected = hands.Store.OpenScratch("t", "look", 1, commit).Directory;
        foreach (var file in Directory.EnumerateFiles(expected, "*", SearchOption.AllDirectories))
            Assert.Equal(File.ReadAllBytes(file), File.ReadAllBytes(Path.Combine(source.Path, Path.GetRelativePath(expected, file))));
        Assert.False(File.Exists(Path.Combine(source.Path, "gone.txt")));
        Assert.False(File.Exists(Path.Combine(source.Path, "moved.txt")));
        Assert.True(File.GetUnixFileMode(Path.Combine(source.Path, "empty.txt")).HasFlag(UnixFileMode.UserExecute));
    }

    [Fact]
    public async Task Diff_BinaryFile_IsNamed()
    {
        source.With("a.bin", [1, 0, 2]).Commit();
        await hands.PrepareAsync("t", source.Path);
        var commit = hands.Step("t", "c1", root => File.WriteAllBytes(Path.Combine(root, "a.bin"), [1, 0, 3]));
        Assert.Contains("Binary files a/a.bin and b/a.bin differ", Encoding.UTF8.GetString(hands.Store.Diff("t", hands.Store.Base("t"), commit)), StringComparison.Ordinal);
    }

    [Property(MaxTest = 200)]
    public FsCheck.Property Hunks_OfAnyTwoTexts_GiveTheSecondWhenApplied()
    {
        var text = Gen.Elements("a\n", "b\n", "c\n", "", "x").ListOf().Select(l => Encoding.UTF8.GetBytes(string.Concat(l)));
        return Prop.ForAll(Arb.From(text), Arb.From(text), (a, b) => Patched(a, UnifiedHunks.Of(a, b)).SequenceEqual(b));
    }

    private static byte[] Patched(byte[] before, byte[] patch)
    {
        static List<string> Split(byte[] bytes) => [.. Encoding.UTF8.GetString(bytes).Split('\n').SkipLast(0)];
        var result = new StringBuilder();
        var old = Split(before).Select(l => l + "\n").ToList();
        old[^1] = old[^1][..^1];
        if (old[^1].Length == 0)
            old.RemoveAt(old.Count - 1);
        var at = 0;
        var lines = Split(patch);
        for (var i = 0; i < lines.Count - 1; i++)
        {
            var line = lines[i];
            var noNewline = i + 1 < lines.Count && lines[i + 1].StartsWith('\\');
            var content = line[1..] + (noNewline ? "" : "\n");
            if (line.StartsWith("@@", StringComparison.Ordinal))
            {
                var range = line.Split(' ')[1][1..].Split(',');
                var start = int.Parse(range[0]) - (range.Length > 1 && range[1] == "0" ? 0 : 1);
                while (at < start)
                    result.Append(old[at++]);
            }
            else if (line[0] is ' ' or '-')
            {
                Assert.Equal(old[at++], content);
                if (line[0] == ' ')
                    result.Append(content);
            }
            else if (line[0] == '+')
                result.Append(content);
        }

        while (at < old.Count)
            result.Append(old[at++]);
        return Encoding.UTF8.GetBytes(result.ToString());
    }

    private static void Apply(string repository, byte[] patch)
    {
        using var git = Process.Start(new ProcessStartInfo("git", ["apply", "--whitespace=nowarn", "-"])
        {
            WorkingDirectory = repository,
            RedirectStandardInput = true,
            RedirectStandardError = true,
        })!;
        git.StandardInput.BaseStream.Write(patch);
        git.StandardInput.Close();
        var errors = git.StandardError.ReadToEnd();
        git.WaitForExit();
        Assert.True(git.ExitCode == 0, errors);
    }

    public void Dispose()
    {
        hands.Dispose();
        source.Dispose();
    }
}
