using Navi.Agent.Tools.Editing;

namespace Navi.Agent.Tests.Tools.Editing;

public sealed class TextEditTests
{
    [Theory]
    [InlineData("a\nb\nc\n", "b", "B", "a\nB\nc\n")]
    [InlineData("a\nb\nc\n", "b\n", "", "a\nc\n")]
    [InlineData("a\nb\nc\n", "a\nb", "x", "x\nc\n")]
    [InlineData("a\nb\nc", "c", "C", "a\nb\nC")]
    [InlineData("a\nb\nc", "c", "c\n", "a\nb\nc\n")]
    [InlineData("a\nb\nc\n", "c\n", "c", "a\nb\nc")]
    [InlineData("", "", "", null)]
    [InlineData("x", "x", "", "")]
    [InlineData("foo(bar)", "(bar)", "[$1]", "foo[$1]")]
    [InlineData("a.b", ".", "\\", "a\\b")]
    [InlineData("a+b*c", "+b*", "^", "a^c")]
    [InlineData("tab\there", "\t", "    ", "tab    here")]
    [InlineData("grün ✓ 𝒳", "✓ 𝒳", "ok", "grün ok")]
    [InlineData("a  b", "  ", " ", "a b")]
    [InlineData("line one\nline two\n", "one\nline", "1\nline", "line 1\nline two\n")]
    public void Make_OldTextOnce_ReplacesJustThat(string text, string old, string added, string? expected) =>
        Assert.Equal(expected, TextEdit.Make(text, "f", new(old, added)).Text);

    [Theory]
    // The file's own line ends stay, whatever the request has.
    [InlineData("a\r\nb\r\n", "a\nb", "x\ny", "x\r\ny\r\n")]
    [InlineData("a\r\nb\r\n", "a\r\nb", "x\ny", "x\r\ny\r\n")]
    [InlineData("a\nb\n", "a\r\nb", "x\ny", "x\ny\n")]
    [InlineData("a\r\nb\r\nc", "c", "c\nd", "a\r\nb\r\nc\r\nd")]
    [InlineData("a\r\nb\nc\r\nd\n", "b\nc", "B\nC", "a\r\nB\nC\r\nd\n")]
    [InlineData("a\r\nb\nc\nd\n", "b\nc", "B\nC", "a\r\nB\nC\nd\n")]
    [InlineData("a\nb\r\nc\r\n", "b", "b\nb2", "a\nb\r\nb2\r\nc\r\n")]
    [InlineData("a\r\nb\r\n", "\nb", "\nB", "a\r\nB\r\n")]
    [InlineData("only\rmac\rends", "mac", "MAC", "only\rMAC\rends")]
    [InlineData("form\ffeed\nx\n", "x", "y", "form\ffeed\ny\n")]
    [InlineData("nel\u0085line\u2028sep\nx\n", "x", "y\nz", "nel\u0085line\u2028sep\ny\nz\n")]
    public void Make_AnyLineEnds_KeepsThem(string text, string old, string added, string expected) =>
        Assert.Equal(expected, TextEdit.Make(text, "f", new(old, added)).Text);

    [Theory]
    [InlineData("x\ny\nx\n", "x", "z", "z\ny\nz\n", "2 occurrences in f at lines 1, 3")]
    [InlineData("aaa", "aa", "b", "ba", "1 occurrence in f at line 1")]
    [InlineData("x\r\nx\r\n", "x\n", "y\n", "y\r\ny\r\n", "2 occurrences in f at lines 1, 2")]
    [InlineData("1x\n2x\n3x\n4x\n5x\n6x\n7x\n8x\n9x\n10x\n11x\n", "x", "", "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n", "11 occurrences in f at lines 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, …")]
    public void Make_ReplaceAll_ReplacesEveryOne(string text, string old, string added, string expected, string message)
    {
        var edit = TextEdit.Make(text, "f", new(old, added, ReplaceAll: true));
        Assert.Equal(expected, edit.Text);
        Assert.Contains(message, edit.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x\ny\nx\nz\nx\n", 3, "x\ny\nX\nz\nx\n")]
    [InlineData("x\ny\nx\nz\nx\n", 1, "X\ny\nx\nz\nx\n")]
    [InlineData("x\ny\nx\nz\nx\n", 99, "x\ny\nx\nz\nX\n")]
    public void Make_LineGiven_TakesTheNearest(string text, int line, string expected) =>
        Assert.Equal(expected, TextEdit.Make(text, "f", new("x", "X", Line: line)).Text);

    [Fact]
    public void Make_LineBetweenTwo_AsksForOneOfThem()
    {
        var edit = TextEdit.Make("x\ny\nx\n", "f", new("x", "X", Line: 2));
        Assert.Null(edit.Text);
        Assert.Contains("as near to line 1 as to line 3", edit.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("def a():\n  pass\ndef b():\n  pass\n", "def b():", "  pass", "  return", "def a():\n  pass\ndef b():\n  return\n")]
    [InlineData("def a():\n  pass\ndef b():\n  pass\n", "def a():\n", "  pass", "  return", "def a():\n  return\ndef b():\n  pass\n")]
    [InlineData("a\nx\nb\nx\nx\n", "b", "x", "y", "a\nx\nb\ny\nx\n")]
    // With nothing to replace the text is inserted below the anchor's line.
    [InlineData("a\nb\nc\n", "b", "", "b2", "a\nb\nb2\nc\n")]
    [InlineData("a\nb\nc\n", "b\n", "", "b2\n", "a\nb\nb2\nc\n")]
    [InlineData("a\nb\nc", "c", "", "d", "a\nb\nc\nd")]
    [InlineData("a\r\nb\r\n", "b", "", "c\nd", "a\r\nb\r\nc\r\nd\r\n")]
    [InlineData("import os\n\ncode\n", "import os", "", "import sys\n", "import os\nimport sys\n\ncode\n")]
    public void Make_AfterGiven_LooksOnlyBehindIt(string text, string after, string old, string added, string expected) =>
        Assert.Equal(expected, TextEdit.Make(text, "f", new(old, added, After: after)).Text);

    [Theory]
    // Blanks at the ends of lines.
    [InlineData("a  \nb\n", "a\nb", "x\ny", "x\ny\n", "blanks at the ends of lines")]
    [InlineData("a\nb\n", "a \nb\t", "x\ny", "x\ny\n", "blanks at the ends of lines")]
    [InlineData("a\n   \nb\n", "a\n\nb", "x", "x\n", "blanks at the ends of lines")]
    // Indentation: the new text gets the file's.
    [InlineData("  if x:\n    y()\n", "if x:\n  y()", "if z:\n  y()\n  w()", "  if z:\n    y()\n    w()\n", "indentation")]
    [InlineData("if x:\n  y()\n", "    if x:\n      y()", "    if z:\n      y()", "if z:\n  y()\n", "indentation")]
    [InlineData("\tif (x)\n\t\ty();\n", "    if (x)\n        y();", "    if (x)\n        z();\n            w();", "\tif (x)\n\t\tz();\n\t\t\tw();\n", "indentation")]
    [InlineData("    if (x)\n        y();\n", "\tif (x)\n\t\ty();", "\tif (x)\n\t\tz();\n\t\t\tw();", "    if (x)\n        z();\n            w();\n", "indentation")]
    [InlineData("    a\n    b\n", "a\nb", "a\n\nb", "    a\n\n    b\n", "indentation")]
    [InlineData("class C:\n    def f(self):\n        return 1\n", "  def f(self):\n    return 1", "  def f(self):\n    return 2\n\n  def g(self):\n    return 3", "class C:\n    def f(self):\n        return 2\n\n    def g(self):\n        return 3\n", "indentation")]
    [InlineData("\t\tdeep\n", "    deep", "    deep\n  less\nleast", "\t\tdeep\n\tless\nleast\n", "indentation")]
    // Blanks between words.
    [InlineData("x  =  1\n", "x = 1\n", "x = 2\n", "x = 2\n", "blanks")]
    [InlineData("  foo( a,  b )\n  bar\n", "foo( a, b )\nbar", "baz\nbar", "  baz\n  bar\n", "blanks")]
    // Typography.
    [InlineData("say \u201Chi\u201D \u2013 now\nnext\n", "say \"hi\" - now\nnext", "say \"ho\"\nnext", "say \"ho\"\nnext\n", "typographic")]
    [InlineData("it\u2019s\n", "it's", "its", "its\n", "typographic")]
    [InlineData("it's\n", "it\u2019s", "its", "its\n", "typographic")]
    [InlineData("a\u00A0b\n", "a b", "c", "c\n", "blanks")]
    // Line ends stay here, too.
    [InlineData("  a\r\n  b\r\n", "a\nb", "a\nc\nd", "  a\r\n  c\r\n  d\r\n", "indentation")]
    [InlineData("  a\n  b", "a\nb", "a\nc", "  a\n  c", "indentation")]
    public void Make_BlockThatDiffersInBlanks_IsReplacedTheFilesWay(string text, string old, string added, string expected, string overlooked)
    {
        var edit = TextEdit.Make(text, "f", new(old, added));
        Assert.Equal(expected, edit.Text);
        Assert.Contains(overlooked, edit.Message, StringComparison.Ordinal);
    }

    [Theory]
    // Several places differ in the same: nothing is guessed.
    [InlineData("  a\n  b\nx\n    a\n    b\n", "a\nb", "occurs 2 times in f, at lines 1, 4")]
    // Lines that were asked to be indented alike are not.
    [InlineData("  a\n    b\n", "a\nb", "does not occur")]
    // Other words.
    [InlineData("foo(a)\n", "foo( a )", "does not occur")]
    [InlineData("a\nb\n", "a\nc", "does not occur")]
    [InlineData("A\n", "a", "does not occur")]
    public void Make_NoOrNoSinglePlace_ChangesNothing(string text, string old, string message)
    {
        var edit = TextEdit.Make(text, "f", new(old, "new"));
        Assert.Null(edit.Text);
        Assert.Contains(message, edit.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a", "a", false, null, "is the same as old_text")]
    [InlineData("", "x", false, null, "expected the text to replace")]
    [InlineData("a", "x", false, "", "after: got an empty text")]
    [InlineData("a", "x", false, "nowhere", "'nowhere' does not occur")]
    [InlineData("a", "x", false, "b", "occurs 2 times in f, at lines 2, 4")]
    [InlineData("c", "x", false, "a\nb\nd", "does not occur in f after that")]
    [InlineData(" b", "x", true, null, "as replace_all needs; it differs from lines 2, 4 in indentation")]
    [InlineData("b", "x", false, null, "at lines 2, 4; add lines around it, give 'line' or 'after' to name one, or set replace_all")]
    public void Make_ThatCantBe_SaysWhatWouldBeRight(string old, string added, bool all, string? after, string message)
    {
        var edit = TextEdit.Make("a\nb\nd\nb\n", "f", new(old, added, all, after));
        Assert.Null(edit.Text);
        Assert.Contains(message, edit.Message, StringComparison.Ordinal);
    }

    [Theory]
    // Overlapping places are places.
    [InlineData("x\nx\nx\n", "x\nx", 2, "y", "x\ny\n")]
    [InlineData("a = a + 1\n", "a", 1, "b", null)]
    public void Make_PlacesOverlapOrShareALine_IsOneOrRefused(string text, string old, int line, string added, string? expected) =>
        Assert.Equal(expected, TextEdit.Make(text, "f", new(old, added, Line: line)).Text);

    [Theory]
    [InlineData("  x\n  x\n  x\n", "x\nx", "y")]
    [InlineData("x = y\ny", "y\n", "z\n")]
    // The file's depth could be half of the asked one, or four less.
    [InlineData("class A:\n  def f(self):\n    return 1\n", "        return 1", "        return 2\n\n    def g(self):\n        return 3")]
    // What is deeper there is not deeper here.
    [InlineData("a:\nb: 1\n", "a:\n  b: 1", "a:\n  b: 2")]
    [InlineData("a\r\nb\r\n", "\r\n", "\n")]
    public void Make_ThatCouldBeMeantOtherwise_ChangesNothing(string text, string old, string added) =>
        Assert.Null(TextEdit.Make(text, "f", new(old, added)).Text);

    [Theory]
    [InlineData("def a():\n\tpass\ndef b():\n\tpass\n", "def a():\n", "    pass", "    return", "def a():\n\treturn\ndef b():\n\tpass\n")]
    public void Make_AfterALineEnd_LooksAtTheNextLine(string text, string after, string old, string added, string? expected) =>
        Assert.Equal(expected, TextEdit.Make(text, "f", new(old, added, After: after, Line: 2)).Text);

    [Theory]
    // What the request leaves alone stays as the file has it.
    [InlineData("line one  \nline two\n", "line one\nline two", "line one\nLINE two", "line one  \nLINE two\n")]
    [InlineData("\u201Cone\u201D\ntwo\n", "\"one\"\ntwo", "\"one\"\n2", "\u201Cone\u201D\n2\n")]
    [InlineData("a\r\nb\nc\n", "a\nb\nc", "a\nb\nC", "a\r\nb\nC\n")]
    [InlineData("a\r\nb\nc\nd", "d", "d\ne", "a\r\nb\nc\nd\ne")]
    [InlineData("a\nb", "b\n", "c\n", "a\nc")]
    public void Make_LinesThatStay_AreNotRewritten(string text, string old, string added, string expected) =>
        Assert.Equal(expected, TextEdit.Make(text, "f", new(old, added)).Text);

    [Fact]
    public void Make_TextThatRepeatsItself_DoesNotTakeForEver()
    {
        var text = string.Concat(Enumerable.Repeat("0\n", 200_000));
        var old = string.Concat(Enumerable.Repeat("0\n", 5_000)) + "1\n";
        Assert.Null(TextEdit.Make(text, "f", new(old, "x", WholeLines: true)).Text);
        Assert.Null(TextEdit.Make(text, "f", new(old, "x")).Text);
    }

    [Fact]
    public void Make_BlockOfWhichSomeLinesAreThere_ShowsTheFilesOwn()
    {
        var edit = TextEdit.Make("one\ndef f(x):\n    y = x\n    return y\nlast\n", "f", new("def f(x):\n    y = x + 1\n    return y", "pass"));
        Assert.Contains("Nearest are lines 2 to 4 of the file:\n2: def f(x):\n3:     y = x\n4:     return y", edit.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Make_NothingOfItThere_SaysSo() =>
        Assert.Contains("None of its lines is there", TextEdit.Make("a\nb\n", "f", new("c\nd", "x")).Message, StringComparison.Ordinal);

    [Fact]
    public void Make_VeryLongLinesAndManyOfThem_TakesLittleTime()
    {
        var text = new string('x', 5_000_000) + "\n" + string.Concat(Enumerable.Range(0, 300_000).Select(n => $"line {n}\n"));
        Assert.EndsWith("line 299998\nend\n", TextEdit.Make(text, "f", new("line 299999", "end")).Text, StringComparison.Ordinal);
        Assert.EndsWith("line 299997\nend\n", TextEdit.Make(text, "f", new("  line 299998\n  line 299999", "  end")).Text, StringComparison.Ordinal);
    }
}
