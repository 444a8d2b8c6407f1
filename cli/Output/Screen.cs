using Spectre.Console;

namespace Navi.Cli.Output;

/// <summary>Writes lines for people: coloured at a terminal, plain elsewhere, and never a control character that came from outside.</summary>
internal sealed class Screen
{
    // A redirected stream has no width: nothing may be wrapped there.
    private const int Unbounded = 10_000;
    private readonly IAnsiConsole console;
    private readonly Lock gate = new();
    private string? status;

    /// <param name="writer">Where lines go.</param>
    /// <param name="terminal">A person reads them there.</param>
    /// <param name="wrap">Long lines are broken at the terminal's width.</param>
    public Screen(TextWriter writer, bool terminal, bool wrap = true)
    {
        console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = terminal ? AnsiSupport.Detect : AnsiSupport.No,
            Interactive = InteractionSupport.No,
        });
        IsTerminal = terminal;
        if (!terminal || !wrap)
            console.Profile.Width = Unbounded;
    }

    public bool IsTerminal { get; }

    /// <summary>Colours are wanted and the terminal has them.</summary>
    public bool HasColors => IsTerminal && console.Profile.Capabilities.ColorSystem != ColorSystem.NoColors;

    /// <summary>Lines stay plain from now on.</summary>
    public void Plain() => console.Profile.Capabilities.ColorSystem = ColorSystem.NoColors;

    /// <summary>One line can be drawn again and again below the others.</summary>
    public bool CanRedraw => IsTerminal && console.Profile.Capabilities.Ansi && console.Profile.Width > 20;

    /// <summary>Shows a line below all others, in place of the one before; null takes it away. Does nothing where lines can't be drawn again.</summary>
    public void Status(string? text)
    {
        if (!CanRedraw)
            return;
        lock (gate)
        {
            Erase();
            status = text is null ? null : Clean(text);
            Draw();
        }
    }

    public static Screen StandardOutput() => new(Console.Out, !Console.IsOutputRedirected);

    public static Screen StandardError() => new(Console.Error, !Console.IsErrorRedirected);

    public void Line(string text = "", Tone tone = Tone.Plain)
    {
        var clean = Clean(text);
        lock (gate)
        {
            Erase();
            if (IsTerminal && tone != Tone.Plain)
                console.Write(new Text(clean, StyleOf(tone)));
            else
                console.Profile.Out.Writer.Write(clean);
            console.Profile.Out.Writer.WriteLine();
            Draw();
        }
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

    // ECMA-48: to the first column, erase the line.
    private void Erase()
    {
        if (status is not null)
            console.Profile.Out.Writer.Write("\r\u001b[K");
    }

    private void Draw()
    {
        if (status is null)
            return;
        var width = console.Profile.Width - 1;
        console.Profile.Out.Writer.Write(status.Length <= width ? status : status[..width]);
        console.Profile.Out.Writer.Flush();
    }

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
