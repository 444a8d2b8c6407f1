namespace Navi.Cli.Output;

/// <summary>Shows a unified diff.</summary>
internal static class DiffView
{
    /// <param name="screen">Where to.</param>
    /// <param name="diff">The diff.</param>
    /// <param name="most">Most lines to show; what is left out is said.</param>
    public static void Show(Screen screen, string diff, int most = int.MaxValue)
    {
        var lines = diff.TrimEnd('\n').Split('\n');
        foreach (var line in lines.Take(most))
            screen.Line(line, ToneOf(line));
        if (lines.Length > most)
            screen.Line($"… {lines.Length - most} more lines of {lines.Length}", Tone.Faint);
    }

    private static Tone ToneOf(string line) => line switch
    {
        _ when line.StartsWith("diff ", StringComparison.Ordinal) || line.StartsWith("+++", StringComparison.Ordinal) || line.StartsWith("---", StringComparison.Ordinal) => Tone.Strong,
        _ when line.StartsWith('+') => Tone.Good,
        _ when line.StartsWith('-') => Tone.Bad,
        _ when line.StartsWith("@@", StringComparison.Ordinal) => Tone.Faint,
        _ => Tone.Plain,
    };
}
