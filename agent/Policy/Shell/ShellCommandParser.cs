namespace Navi.Agent.Policy.Shell;

/// <summary>
/// Finds every simple command in a line of a POSIX shell or bash: through lists, pipes, groups, subshells, substitutions, here-documents,
/// loops and the wrappers of <see cref="Wrappers"/>. It informs consent; it is not a boundary, the sandbox is. What it does not
/// understand makes the line opaque, never shorter.
/// </summary>
internal static class ShellCommandParser
{
    private const int LongestLine = 64 * 1024;

    public static ShellLine Parse(string line)
    {
        var findings = new ShellFindings();
        if (line.Length > LongestLine)
            findings.Refuse("it is longer than 64 Ki characters");
        else
            Read(line, findings);
        if (findings.Opaque is null && findings.Commands.Count == 0)
            findings.Refuse("it has no command");
        return new ShellLine(findings.Commands, findings.Opaque, findings.Repeats);
    }

    /// <summary>Reads a whole line, or the text that a wrapper hands to a shell, into <paramref name="findings"/>.</summary>
    public static void Read(string line, ShellFindings findings)
    {
        if (line.Contains(ShellWord.Gap, StringComparison.Ordinal))
            findings.Guess(guess => Read(line.Replace(ShellWord.Gap, '_'), guess), "a part of it is known only when it runs");
        else
            findings.Nested(() => new ShellListReader(new ShellCursor(line), findings).Read(closing: false));
    }
}
