using Navi.Agent.Tools.Editing;

namespace Navi.Agent.Tests.Tools.Editing;

public sealed class UnifiedPatchTests
{
    private const string Ten = "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n";

    private static string Apply(string hunks, string text) => HunkApplier.Apply(Assert.Single(PatchFormats.Parse("--- a/f\n+++ b/f\n" + hunks, _ => true)), text).Text;

    [Theory]
    [InlineData("@@ -2,3 +2,3 @@\n 2\n-3\n+three\n 4\n", "1\n2\nthree\n4\n5\n6\n7\n8\n9\n10\n")]
    // Line numbers that are off.
    [InlineData("@@ -90,3 +90,3 @@\n 2\n-3\n+three\n 4\n", "1\n2\nthree\n4\n5\n6\n7\n8\n9\n10\n")]
    [InlineData("@@ -1,3 +1,3 @@\n 8\n-9\n+nine\n 10\n", "1\n2\n3\n4\n5\n6\n7\n8\nnine\n10\n")]
    // Several hunks, the second moved by the first.
    [InlineData("@@ -1,2 +1,4 @@\n 1\n+1a\n+1b\n 2\n@@ -8,3 +10,2 @@\n 8\n-9\n 10\n", "1\n1a\n1b\n2\n3\n4\n5\n6\n7\n8\n10\n")]
    // Hunks in the wrong order.
    [InlineData("@@ -8,2 +8,2 @@\n-8\n+eight\n 9\n@@ -1,2 +1,2 @@\n-1\n+one\n 2\n", "one\n2\n3\n4\n5\n6\n7\neight\n9\n10\n")]
    // At the beginning and the end.
    [InlineData("@@ -0,0 +1 @@\n+0\n", "0\n1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n")]
    [InlineData("@@ -10,0 +11 @@\n+11\n", "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n")]
    [InlineData("@@ -3,0 +4 @@\n+3a\n", "1\n2\n3\n3a\n4\n5\n6\n7\n8\n9\n10\n")]
    [InlineData("@@ -9,2 +9 @@\n 9\n-10\n\\ No newline at end of file\n", "1\n2\n3\n4\n5\n6\n7\n8\n9\n")]
    [InlineData("@@ -10 +10 @@\n-10\n+10\n\\ No newline at end of file\n", "1\n2\n3\n4\n5\n6\n7\n8\n9\n10")]
    // An empty context line that lost its blank; git's text after the second @@.
    [InlineData("@@ -2,1 +2,1 @@ def f():\n-2\n+two\n", "1\ntwo\n3\n4\n5\n6\n7\n8\n9\n10\n")]
    // Context that is not there any more: up to two lines of it are not asked for.
    [InlineData("@@ -2,3 +2,3 @@\n old\n-3\n+three\n 4\n", "1\n2\nthree\n4\n5\n6\n7\n8\n9\n10\n")]
    [InlineData("@@ -1,5 +1,5 @@\n gone\n too\n-3\n+three\n x\n y\n", "1\n2\nthree\n4\n5\n6\n7\n8\n9\n10\n")]
    public void Apply_Hunks_FindTheirPlace(string hunks, string expected) => Assert.Equal(expected, Apply(hunks, Ten));

    [Theory]
    [InlineData("a\r\nb\r\nc\r\n", "@@ -1,3 +1,4 @@\n a\n-b\n+B\n+B2\n c\n", "a\r\nB\r\nB2\r\nc\r\n")]
    [InlineData("a\r\nb\nc\r\n", "@@ -1,3 +1,3 @@\n a\n-b\n+B\n c\n", "a\r\nB\nc\r\n")]
    [InlineData("a\nb\nc", "@@ -1,3 +1,3 @@\n a\n-b\n+B\n c\n", "a\nB\nc")]
    [InlineData("a\nb", "@@ -2 +2 @@\n-b\n\\ No newline at end of file\n+b\n", "a\nb\n")]
    [InlineData("a\nb", "@@ -2 +2,2 @@\n-b\n\\ No newline at end of file\n+b\n+c\n\\ No newline at end of file\n", "a\nb\nc")]
    [InlineData("a\nb", "@@ -1,2 +1,3 @@\n a\n-b\n+b\n+c\n", "a\nb\nc")]
    [InlineData("a  \n  b\nc\n", "@@ -1,3 +1,3 @@\n a\n-b\n+B\n c\n", null)]
    [InlineData("a  \nb\nc\n", "@@ -1,3 +1,3 @@\n a\n-b\n+B\n c\n", "a  \nB\nc\n")]
    [InlineData("\ta\n\tb\n\tc\n", "@@ -1,3 +1,4 @@\n     a\n-    b\n+    B\n+        B2\n     c\n", "\ta\n\tB\n\t\tB2\n\tc\n")]
    [InlineData("a\n\nb\n", "@@ -1,3 +1,3 @@\n a\n\n-b\n+B\n", "a\n\nB\n")]
    [InlineData("a\n\nb\n", "@@ -1,3 +1,3 @@\r\n a\r\n \r\n-b\r\n+B\r\n", "a\n\nB\n")]
    [InlineData("x\na\nx\nb\nx\nc\n", "@@ -5,1 +5,1 @@\n-x\n+X\n", "x\na\nx\nb\nX\nc\n")]
    [InlineData("", "@@ -0,0 +1,2 @@\n+a\n+b\n", "a\nb\n")]
    [InlineData("a\n", "@@ -1 +0,0 @@\n-a\n", "")]
    public void Apply_TextAsItIs_KeepsWhatIsNotTheHunks(string text, string hunks, string? expected)
    {
        if (expected is null)
            Assert.Throws<FormatException>(() => Apply(hunks, text));
        else
            Assert.Equal(expected, Apply(hunks, text));
    }

    [Theory]
    [InlineData("@@ -1,2 +1,2 @@\n 1\n-zwei\n+two\n", "Hunk 1 of 'f' does not match: its lines are not in the file near line 1. Nearest are lines 1 to 2 of the file:\n1: 1\n2: 2")]
    [InlineData("@@ -1,2 +1,2 @@\n-eins\n-zwei\n+two\n+one\n", "None of them is.")]
    [InlineData("@@ -1,5 +1,2 @@\n 1\n-2\n+two\n", "other numbers of lines than its header says")]
    [InlineData("@@ -1,3 +1,3 @@\n a\n b\n c\n-3\n+three\n", "other numbers of lines")]
    [InlineData("@@ invalid\n", "no hunk")]
    [InlineData("", "no hunk")]
    public void Apply_ThatDoesNotFit_SaysWhy(string hunks, string message) =>
        Assert.Contains(message, Assert.Throws<FormatException>(() => Apply(hunks, Ten)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("just words", "names no file")]
    [InlineData("--- /dev/null\n+++ /dev/null\n@@ -1 +1 @@\n-a\n+b\n", "/dev/null on both sides")]
    public void Parse_NoPatch_SaysWhatWouldBe(string patch, string message) =>
        Assert.Contains(message, Assert.Throws<FormatException>(() => PatchFormats.Parse(patch, _ => true)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("--- a/x y.txt\t2026-01-01\n+++ b/x y.txt\t2026-01-01\n@@ -1 +1 @@\n-a\n+b\n", "x y.txt", "x y.txt")]
    [InlineData("--- \"a/\\303\\274.txt\"\n+++ \"b/t.txt\"\n@@ -1 +1 @@\n-a\n+b\n", "ü.txt", "t.txt")]
    [InlineData("--- \"a/tab\\tand \\\"quote\\\".txt\"\n+++ \"b/back\\\\slash\"\n@@ -1 +1 @@\n-a\n+b\n", "tab\tand \"quote\".txt", "back\\slash")]
    [InlineData("--- src/x\n+++ src/x\n@@ -1 +1 @@\n-a\n+b\n", "src/x", "src/x")]
    [InlineData("--- /dev/null\n+++ b/new\n@@ -0,0 +1 @@\n+b\n", null, "new")]
    [InlineData("--- a/old\n+++ /dev/null\n@@ -1 +0,0 @@\n-a\n", "old", null)]
    [InlineData("diff --git a/old b/new\nsimilarity index 100%\nrename from old\nrename to new\n", "old", "new")]
    [InlineData("Here is the change:\n```diff\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n```\n", "x", "x")]
    public void Parse_Headers_GiveThePaths(string patch, string? from, string? to)
    {
        var file = Assert.Single(PatchFormats.Parse(patch, _ => true));
        Assert.Equal((from, to), (file.OldPath, file.NewPath));
    }

    [Theory]
    // Repeated lines: the place is where the numbers say, not the first one that fits.
    [InlineData("x\nx\nx\nx\nx\nx\nx\nx\nx\nx\n", "@@ -2,7 +2,7 @@\n x\n x\n x\n-x\n+y\n x\n x\n x\n", "x\nx\nx\nx\ny\nx\nx\nx\nx\nx\n")]
    [InlineData("x\nx\nx\n", "@@ -2,2 +2,2 @@\n x\n-x\n+y\n", "x\nx\ny\n")]
    // Empty lines between hunks.
    [InlineData("a\nb\nc\n", "@@ -1 +1 @@\n-a\n+A\n\n@@ -3 +3 @@\n-c\n+C\n", "A\nb\nC\n")]
    // Context is given up one end first: what stands exactly is not passed over.
    [InlineData("b\nx\na\nb\nc\n", "@@ -1,3 +1,3 @@\n a\n-b\n+B\n zzz\n", "b\nx\na\nB\nc\n")]
    // A hunk that comes out of order is not moved by those below it.
    [InlineData("x\n2\nx\n4\n5\n6\n", "@@ -6 +6,3 @@\n-6\n+6\n+7\n+8\n@@ -1 +1 @@\n-x\n+y\n", "y\n2\nx\n4\n5\n6\n7\n8\n")]
    // The last line of a patch may have lost its end.
    [InlineData("a\r\nb\r\n", "@@ -1,2 +1,2 @@\r\n a\r\n-b\r\n+B", "a\r\nB\r\n")]
    public void Apply_OneOfSeveralPlaces_IsTheOneThatIsMeant(string text, string hunks, string expected) => Assert.Equal(expected, Apply(hunks, text));

    [Theory]
    [InlineData("one\n\ntwo\n", "@@ -1,3 +1,3 @@\n alpha\n-\n+beta\n gamma\n", "does not match")]
    [InlineData("1\n2\n", "@@ -500,0 +501 @@\n+x\n", "the file has 2 lines")]
    [InlineData("a\nb\nc\nd\n", "@@ -1,2 +1,2 @@\n a\n-b\n+B\n c\n-d\n+D\n", "other numbers of lines")]
    [InlineData("a\nb\n", "@@ -1 +1 @@\n-a\n+A\n@@ ... @@\n-b\n+B\n", "begins no hunk")]
    [InlineData("  a\nx\n  a\n", "@@ -9 +9 @@\n-a\n+A\n", "fits at lines 1, 3, none of them exactly")]
    public void Apply_ThatCouldBeMeantOtherwise_IsRefused(string text, string hunks, string message) =>
        Assert.Contains(message, Assert.Throws<FormatException>(() => Apply(hunks, text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("--- b/x.py\n+++ b/x.py\n@@ -1 +1 @@\n-a\n+b\n", "changed b/x.py (1 hunk)")]
    [InlineData("--- a/x.py\n+++ a/x.py\n@@ -1 +1 @@\n-a\n+b\n", "changed a/x.py (1 hunk)")]
    [InlineData("diff --git a/e.py b/e.py\nnew file mode 100644\nindex 0000000..e69de29\n", "created e.py")]
    [InlineData("diff --git a/e.py b/e.py\ndeleted file mode 100644\nindex e69de29..0000000\n", "deleted e.py")]
    [InlineData("diff --git a/run b/run\nold mode 100644\nnew mode 100755\n", "changed run (mode)")]
    [InlineData("diff --git \"a/\\303\\274\" b/u\nsimilarity index 100%\nrename from \"\\303\\274\"\nrename to u\n", "moved ü to u")]
    public void Parse_GitsOwnHeaders_AreUnderstood(string patch, string summary) => Assert.Equal(summary, Assert.Single(PatchFormats.Parse(patch, _ => true)).Summary);

    [Theory]
    [InlineData("diff --git a/a b/b\nsimilarity index 100%\ncopy from a\ncopy to b\n", "copies a file")]
    [InlineData("diff --git a/x b/x\nindex 1..2 100644\nBinary files a/x and b/x differ\n", "binary file")]
    [InlineData("diff --git a/x b/x\nindex 1..2 100644\n@@ -1 +1 @@\n-a\n+b\n", "has no '--- a/path'")]
    public void Parse_WhatCantBeApplied_IsRefused(string patch, string message) =>
        Assert.Contains(message, Assert.Throws<FormatException>(() => PatchFormats.Parse(patch, _ => true)).Message, StringComparison.Ordinal);
}
