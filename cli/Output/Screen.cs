using Spectre.Console;

namespace Navi.Cli.Output;

/// <summary>Writes lines for people: coloured at a terminal, plain elsewhere, and never a control character that came from outside.</summary>
internal sealed class Screen
{
    // A redirected stream has no width: nothing may be wrapped there.
    private const int Unbounded = 10_000;
    private readonly IAnsiConsole console;

    public Screen(TextWriter writer, bool terminal)
    {
        console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = terminal ? AnsiSupport.Detect : AnsiSupport.No,
            Interactive = InteractionSupport.No,
        });
        IsTerminal = terminal;
        if (!terminal)
            console.Profile.Width = Unbounded;
    }

    public bool IsTerminal { get; }

    public static Screen StandardOutput() => new(Console.Out, !Console.IsOutputRedirected);

    public static Screen StandardError() => new(Console.Error, !Console.IsErrorRedirected);

    public void Line(string text = "", Tone tone = Tone.Plain)
    {
        var clean = Clean(text);
        if (IsTerminal && tone != Tone.Plain)
            console.Write(new Text(clean, StyleOf(tone)));
        else
            console.Profile.Out.Writer.Write(clean);
        console.Profile.Out.Writer.WriteLine();
    }

    public void Table(IReadOnlyList<string> head, IEnumerable<IReadOnlyList<string>> rows)
    {
        var table = new Table().Border(TableBorder.None);
        foreach (var title in head)
            table.AddColumn(new TableColumn(new Text(title, StyleOf(Tone.Faint))).NoWrap());
        foreach (var row in rows)
            table.AddRow(row.Select(c => new Text(Clean(c))));
        console.Write(table);
    }

    public static string Clean(string text) =>
        text.Any(IsForbidden) ? string.Concat(text.Select(c => IsForbidden(c) ? '\uFFFD' : c)) : text;

    private static bool IsForbidden(char c) => char.IsControl(c) && c is not ('\n' or '\t');

    private static Style StyleOf(Tone tone) => tone switch
    {
        Tone.Good => new Style(Color.Green),
        Tone.Warning => new Style(Color.Yellow),
        Tone.Bad => new Style(Color.Red),
        Tone.Strong => new Style(decoration: Decoration.Bold),
        Tone.Faint => new Style(Color.Grey),
        _ => Style.Plain,
    };
}
