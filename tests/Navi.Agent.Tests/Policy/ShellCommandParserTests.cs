using Navi.Agent.Policy.Shell;

namespace Navi.Agent.Tests.Policy;

public sealed class ShellCommandParserTests
{
    [Theory]
    [InlineData("a b; c && d || e | f & g", "a b;c;d;e;f;g")]
    [InlineData("(a; { b; }) && ! c", "a;b;c")]
    [InlineData("a \"x $(b c) y\" `d e`", "b c;d e;a x … y …")]
    [InlineData("a `b \\`c\\``", "c;b …;a …")]
    [InlineData("a > out 2>&1 < in 2>/dev/null", "> out;< in;a")]
    [InlineData("a &> all; b >>more 3>| third", "> all;a;> more;> third;b")]
    [InlineData("diff <(a 1) <(b 2)", "a 1;b 2;diff … …")]
    [InlineData("X=1 Y=$z a b", "export X=1;export Y=…;a b")]
    [InlineData("if a; then b; elif c; then d; else e; fi", "a;b;c;d;e")]
    [InlineData("while a; do b; done; until c; do d; done", "a;b;c;d")]
    [InlineData("for i in $(a) 2; do b $i; done", "export i=…;a;b …")]
    [InlineData("a 'b c' \"d e\" f\\ g h'i'\"j\"", "a b c d e f g hij")]
    [InlineData("a $'b' $\"c\"", "a …b …c")]
    [InlineData("a b\\\nc # d; e", "a bc")]
    [InlineData("a#b \"#\" '#'", "a#b # #")]
    [InlineData("cat <<EOF | a\nx $(b) `c`\nEOF\nd", "cat;b;c;a;d")]
    [InlineData("cat <<'EOF'\n$(b)\nEOF", "cat")]
    [InlineData("cat <<-E\n\tx\n\tE\nb", "cat;b")]
    [InlineData("cat <<< \"$(b)\"", "b;cat")]
    [InlineData("a *.cs ~/x {b,c}d [ab]e", "a ….cs …/x … …")]
    [InlineData("[ -f x ] && a", "[ -f x ];a")]
    [InlineData("a ${x:-1} \"${y%.c}\" $((1 + 2))", "a … … …")]
    [InlineData("a $((b; c) | d)", "b;c;d;a …")]
    [InlineData("((a b))", "let …;a b")]
    [InlineData("a \\", "a \\")]
    [InlineData("a $((n + 1))", "let n + 1;a …")]
    [InlineData("/usr/bin/a /bin/b ./c", "/usr/bin/a /bin/b ./c")]
    public void Parse_Line_FindsEverySimpleCommand(string line, string expected) => Assert.Equal((expected, null), Found(line));

    [Theory]
    [InlineData("bash -c 'a; b'", "bash -c a; b;a;b")]
    [InlineData("/bin/sh -ec \"a 'b c'\" zero one", "/bin/sh -ec a 'b c' zero one;a b c")]
    [InlineData("bash -lc a -x", "bash -lc a -x;a")]
    [InlineData("env -i -u V X=1 a b", "export X=1;env -i -u V X=1 a b;a b")]
    [InlineData("sudo -u root timeout -k 5 10 nice -n 3 nohup a -b", "sudo -u root timeout -k 5 10 nice -n 3 nohup a -b;timeout -k 5 10 nice -n 3 nohup a -b;nice -n 3 nohup a -b;nohup a -b;a -b")]
    [InlineData("time -p a | xargs -0 -n 1 b c", "time -p a;a;xargs -0 -n 1 b c;b c …")]
    [InlineData("xargs -I{} a {} x", "xargs -I{} a {} x;a … x")]
    [InlineData("find . -name x -exec a b {} \\; -print", "a b …;find . -name x -print")]
    [InlineData("eval a '; b'", "eval a ; b;a;b")]
    [InlineData("trap 'a b' EXIT", "trap a b EXIT;a b")]
    [InlineData("bash <<'E'\na; b\nE", "bash;a;b")]
    [InlineData("sh -s <<< 'a b'", "sh -s;a b")]
    [InlineData("bash script.sh a", "bash script.sh a")]
    [InlineData("command -v a", "command -v a")]
    [InlineData("env", "env")]
    public void Parse_Wrapper_FindsItAndWhatItRuns(string line, string expected) => Assert.Equal((expected, null), Found(line));

    [Theory]
    [InlineData("'a")]
    [InlineData("a \"b")]
    [InlineData("a `b")]
    [InlineData("(a")]
    [InlineData("a )")]
    [InlineData("$a b")]
    [InlineData("./*.sh")]
    [InlineData("a() { b; }")]
    [InlineData("function a { b; }")]
    [InlineData("case a in b) c;; esac")]
    [InlineData("x=(a b)")]
    [InlineData("a ${b@P}")]
    [InlineData("a ${b[$(c)]}")]
    [InlineData("a ${b:=c}")]
    [InlineData("a $((b[$(c)]))")]
    [InlineData("a $[1]")]
    [InlineData("a >")]
    [InlineData("cat <<EOF\nx")]
    [InlineData("bash -c \"$line\"")]
    [InlineData("eval $line")]
    [InlineData("timeout $t a")]
    [InlineData("env -S 'a b'")]
    [InlineData("env $x a")]
    [InlineData("env A=$x b")]
    [InlineData("xargs -i a {}")]
    [InlineData("xargs -I a a b")]
    [InlineData("a $'\\' ; b #'")]
    [InlineData("a\0b")]
    [InlineData("  # nothing")]
    [InlineData("bash <<E\n$x\nE")]
    [InlineData("bash <<E | cat\na\nE")]
    public void Parse_NotUnderstood_IsOpaque(string line) => Assert.NotNull(ShellCommandParser.Parse(line).Opaque);

    [Fact]
    public void Parse_TooLongTooDeepTooMany_IsOpaque()
    {
        Assert.NotNull(ShellCommandParser.Parse(new string('a', 70_000)).Opaque);
        Assert.NotNull(ShellCommandParser.Parse(new string('(', 10_000)).Opaque);
        Assert.NotNull(ShellCommandParser.Parse("a " + string.Concat(Enumerable.Repeat("$(", 10_000))).Opaque);
        Assert.NotNull(ShellCommandParser.Parse(string.Concat(Enumerable.Repeat("env ", 10_000)) + "a").Opaque);
        Assert.NotNull(ShellCommandParser.Parse(string.Concat(Enumerable.Repeat("a;", 10_000))).Opaque);
    }

    private static (string, string?) Found(string line)
    {
        var parsed = ShellCommandParser.Parse(line);
        return (string.Join(';', parsed.Commands.Select(c => string.Join(' ', c.Words.Select(w => w.Shown)))), parsed.Opaque);
    }
}
