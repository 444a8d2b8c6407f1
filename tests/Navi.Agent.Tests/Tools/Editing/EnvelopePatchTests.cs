using Navi.Agent.Tools.Editing;

namespace Navi.Agent.Tests.Tools.Editing;

public sealed class EnvelopePatchTests
{
    private const string Code = "class A:\n    def f(self):\n        return 1\n\n    def g(self):\n        return 1\n\n\nclass B:\n    def f(self):\n        return 1\n";

    private static string Apply(string hunks, string text) =>
        HunkApplier.Apply(Assert.Single(PatchFormats.Parse("*** Begin Patch\n*** Update File: f\n" + hunks + "*** End Patch\n", _ => true)), text).Text;

    [Theory]
    [InlineData("@@\n     def g(self):\n-        return 1\n+        return 2\n", 6)]
    [InlineData("@@ class B:\n     def f(self):\n-        return 1\n+        return 2\n", 11)]
    [InlineData("@@ class B:\n@@     def f(self):\n-        return 1\n+        return 2\n", 11)]
    [InlineData("@@ def g(self):\n-        return 1\n+        return 2\n", 6)]
    [InlineData("-        return 1\n+        return 2\n", 3)]
    [InlineData("@@\n-        return 1\n+        return 2\n*** End of File\n", 11)]
    [InlineData("@@ class A:\n     def f(self):\n-        return 1\n+        return 2\n\n", 3)]
    // The line that names the place, once more as context.
    [InlineData("@@     def f(self):\n     def f(self):\n-        return 1\n+        return 2\n", 3)]
    [InlineData("@@ -5,2 +5,2 @@\n     def g(self):\n-        return 1\n+        return 2\n", 6)]
    public void Apply_Anchors_NameThePlace(string hunks, int line)
    {
        var lines = Code.Split('\n');
        lines[line - 1] = "        return 2";
        Assert.Equal(string.Join('\n', lines), Apply(hunks, Code));
    }

    [Theory]
    [InlineData("a\nb\nc\n", "@@\n a\n+a2\n@@\n c\n+c2\n", "a\na2\nb\nc\nc2\n")]
    [InlineData("a\nb\nc\n", "@@ b\n+b2\n", "a\nb\nb2\nc\n")]
    [InlineData("a\nb\n", "@@\n+end\n", "a\nb\nend\n")]
    [InlineData("a\nb\nc\n", "@@ a\n+end\n*** End of File\n", "a\nb\nc\nend\n")]
    [InlineData("a\r\nb\r\n", "@@\n a\n-b\n+B\n", "a\r\nB\r\n")]
    [InlineData("a\n\nb\n", "@@\n a\n\n-b\n+B\n", "a\n\nB\n")]
    [InlineData("a\nb\na\nb\n", "@@\n-a\n+A\n@@\n-a\n+A\n", "A\nb\nA\nb\n")]
    public void Apply_Hunks_InTheirOrder(string text, string hunks, string expected) => Assert.Equal(expected, Apply(hunks, text));

    [Theory]
    [InlineData("@@ class C:\n-x\n+y\n", "its line 'class C:' is not in the file")]
    [InlineData("@@\n-        return 3\n+        return 2\n", "does not match")]
    [InlineData("@@\n", "has no lines")]
    [InlineData("@@ class A:\n     def f(self):\n-      return 1\n+      return 2\n", "fits at lines 2, 10, none of them exactly")]
    [InlineData("@@\nreturn 1\n", "begins with none of")]
    [InlineData("", "no hunk for 'f'")]
    public void Apply_ThatDoesNotFit_SaysWhy(string hunks, string message) =>
        Assert.Contains(message, Assert.Throws<FormatException>(() => Apply(hunks, Code)).Message, StringComparison.Ordinal);

    [Fact]
    public void Parse_EveryKindOfFile_IsThere()
    {
        var files = PatchFormats.Parse(
            "*** Begin Patch\n*** Add File: new.txt\n+one\n+\n+two\n*** Update File: a\n*** Move to: b\n@@\n-x\n+y\n*** Delete File: gone\n*** Update File: c\n*** Move to: d\n*** End Patch\n", _ => true);
        Assert.Equal(["created new.txt", "moved a to b", "deleted gone", "moved c to d"], files.Select(file => file.Summary));
        Assert.Equal("one\n\ntwo\n", HunkApplier.Apply(files[0], "").Text);
    }

    [Theory]
    [InlineData("*** Begin Patch\n*** End Patch\n", "names no file")]
    [InlineData("*** Begin Patch\n*** Add File: x\none\n*** End Patch\n", "each of its lines begins with '+'")]
    [InlineData("*** Begin Patch\n*** Update File: f\n@@\n-a\n+b\n", "has no line '*** End Patch'")]
    [InlineData("*** Begin Patch\nfoo\n*** End Patch\n", "'foo' is not part of a file")]
    public void Parse_ThatIsNone_SaysWhatWouldBe(string patch, string message) =>
        Assert.Contains(message, Assert.Throws<FormatException>(() => PatchFormats.Parse(patch, _ => true)).Message, StringComparison.Ordinal);
}
