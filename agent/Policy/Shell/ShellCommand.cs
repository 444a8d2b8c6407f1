namespace Navi.Agent.Policy.Shell;

/// <summary>
/// One simple command that a line runs. What else a line does has the same form: an assignment is <c>export NAME=value</c>, writing to a
/// file by redirection <c>&gt; file</c>, reading <c>&lt; file</c>, an arithmetic expression <c>let expression</c>.
/// </summary>
/// <param name="Words">Program and arguments; the program is always known.</param>
/// <param name="Wraps">The command runs another one, which is in the list by itself.</param>
internal sealed record ShellCommand(IReadOnlyList<ShellWord> Words, bool Wraps = false)
{
    private static readonly string[] Standard = ["/bin/", "/usr/bin/", "/usr/local/bin/", "/sbin/", "/usr/sbin/"];

    /// <summary>The program; of one in a standard directory only its name.</summary>
    public string Program { get; } = NameOf(Words[0].Text);

    public IEnumerable<ShellWord> Arguments => Words.Skip(1);

    /// <summary>For a person: program and arguments, bounded.</summary>
    public string Shown
    {
        get
        {
            var text = string.Join(' ', Words.Select(w => w.Shown)).ReplaceLineEndings(" ");
            return text.Length <= 120 ? text : text[..119] + "…";
        }
    }

    /// <summary>The name by which rules know a program.</summary>
    public static string NameOf(string program)
    {
        foreach (var directory in Standard)
        {
            if (program.StartsWith(directory, StringComparison.Ordinal) && program.IndexOf('/', directory.Length) < 0)
                return program[directory.Length..];
        }
        return program;
    }
}
