using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Navi.Agent.Policy.Shell;

namespace Navi.Agent.Tests.Policy;

/// <summary>The law: however a line is quoted or wrapped, its decision never becomes more permissive.</summary>
public sealed class WrappingLawTests
{
    private static readonly string[] Programs =
        ["ls", "cat", "find", "git", "sort", "grep", "python", "./x", "rm", "reboot", "kubectl", "curl", "sudo", "dotnet", "make", "mkfs.ext4", "env", "bash", "cp", "printf"];

    private static readonly string[] Arguments =
        ["-l", "--version", "-delete", "-o", "x", "src/a.cs", "/", "/etc/passwd", "..", ".github/workflows/ci.yml", "a b", "$(reboot)", "$x", "*.cs", "status",
         "-exec", ";", "-c", "it's", "key.pem", "", "A=1", "--", "{}", "`curl x`", "#", "-rf"];

    private static readonly Func<string, string>[] Wraps =
    [
        line => $"bash -c {Quote(line)}", line => $"sh -ec {Quote(line)} zero", line => $"({line}\n)", line => $"{{ {line}\n}}", line => $"eval {Quote(line)}",
        line => $"echo \"$({line}\n)\"", line => $"if true; then {line}\nfi", line => $"for i in 1 2; do {line}\ndone", line => $"true && {line}",
        line => $"{line}\nls", line => $"cat <({line}\n)", line => $"env bash -c {Quote(line)}", line => $"xargs sh -c {Quote(line)}",
        line => $"sh <<'E{line.Length}'\n{line}\nE{line.Length}", line => $"cat <<E{line.Length}\n$({line}\n)\nE{line.Length}", line => $"trap {Quote(line)} EXIT",
        line => $"find . -exec sh -c {Quote(line)} \\;", line => $"timeout 5 nohup nice -n 1 sh -c {Quote(line)}", line => $"ls | {line}", line => $"! {line}",
    ];

    private static readonly string[] Prefixes =
        ["env ", "env X=1 ", "nohup ", "timeout 5 ", "time ", "nice -n 5 ", "xargs ", "command ", "setsid ", "stdbuf -oL ", "env -u X ", "busybox ", "sudo "];

    // Only before everything else: behind a program they would be its arguments.
    private static readonly string[] Outermost = ["", "X=1 ", "> out ", "< in ", "! ", "2>&1 "];

    private static readonly Gen<string[]> Words =
        from program in Gen.Elements(Programs)
        from count in Gen.Choose(0, 3)
        from arguments in Gen.Elements(Arguments).ArrayOf(count)
        select (string[])[program, .. arguments];

    private static Gen<string> Plain => Words.Select(words => string.Join(' ', words.Select(Quote)));

    // As a person types it: expansions stay alive.
    private static Gen<string> Live => Words.Select(words => string.Join(' ', words.Select(w => w is "" or "a b" or "it's" or ";" or "#" ? Quote(w) : w)));

    [Property(MaxTest = 300)]
    public Property Decide_WrappedLine_IsNeverMorePermissive() => Prop.ForAll(
        Gen.OneOf(Plain, Live).SelectMany(line => Gen.Elements(Wraps).ArrayOf(2).Select(wraps => (line, wrapped: wraps[1](wraps[0](line))))).ToArbitrary(),
        sample => NotMorePermissive(sample.line, sample.wrapped));

    [Property(MaxTest = 300)]
    public Property Decide_PrefixedCommand_IsNeverMorePermissive() => Prop.ForAll(
        (from line in Gen.OneOf(Plain, Live)
         from outermost in Gen.Elements(Outermost)
         from prefixes in Gen.Elements(Prefixes).ArrayOf(2)
         select (line, wrapped: outermost + string.Concat(prefixes) + line)).ToArbitrary(),
        sample => NotMorePermissive(sample.line, sample.wrapped));

    [Property(MaxTest = 300)]
    public Property Decide_OtherQuotes_DecideTheSame() => Prop.ForAll(
        Words.SelectMany(words => Gen.Elements<Func<string, string>>(Quote, Escape, Halves).ArrayOf(words.Length).Select(quotes => (words, quotes))).ToArbitrary(),
        sample =>
        {
            var line = string.Join(' ', sample.words.Select(Quote));
            var other = string.Join(' ', sample.words.Select((w, i) => sample.quotes[i](w)));
            return Both(confined => Policies.Decide(line, confined) == Policies.Decide(other, confined)).Label(other);
        });

    [Property(MaxTest = 300)]
    public Property Parse_QuotedWords_GivesThemBack() => Prop.ForAll(
        ArbMap.Default.GeneratorFor<NonNull<string>>().Select(s => s.Get.Replace("\0", "")).NonEmptyListOf().Select(l => l.ToArray()).ToArbitrary(),
        words =>
        {
            var parsed = ShellCommandParser.Parse("unknown-program " + string.Join(' ', words.Select(Quote)));
            return parsed.Opaque is null && parsed.Commands.Single().Words.Skip(1).Select(w => w.Text).SequenceEqual(words);
        });

    [Property(MaxTest = 300)]
    public bool Decide_AnyText_AnswersWithoutFault(NonNull<string> text, bool confined) =>
        Policies.Shipped.Decide(Policies.Command(text.Get, confined)).PolicyDigest == Policies.Shipped.Digest;

    private static Property NotMorePermissive(string line, string wrapped) =>
        Both(confined => Policies.Decide(wrapped, confined) >= Policies.Decide(line, confined)).Label($"{line}\n=> {wrapped}");

    private static bool Both(Func<bool, bool> law) => law(true) && law(false);

    private static string Quote(string word) => "'" + word.Replace("'", "'\\''", StringComparison.Ordinal) + "'";

    private static string Escape(string word) => word.Length == 0 ? "\"\"" : string.Concat(word.Select(c => "\\" + c));

    private static string Halves(string word) => Quote(word[..(word.Length / 2)]) + Escape(word[(word.Length / 2)..]);
}
