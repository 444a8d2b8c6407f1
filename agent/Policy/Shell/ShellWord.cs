namespace Navi.Agent.Policy.Shell;

/// <summary>One word of a shell line after quotes are removed.</summary>
/// <param name="Text">The text; <see cref="Gap"/> stands for each part that is known only when the line runs.</param>
/// <param name="Splits">The word may become none or several words, of any content.</param>
internal sealed record ShellWord(string Text, bool Splits = false)
{
    /// <summary>A character that no argument can hold.</summary>
    public const char Gap = '\0';

    /// <summary>The word as a whole is known only when the line runs.</summary>
    public static ShellWord Anything { get; } = new(Gap.ToString(), Splits: true);

    /// <summary>Begins with an unquoted <c>name=</c> or <c>name+=</c>.</summary>
    public bool Assignment { get; init; }

    /// <summary>No part was quoted: only then a reserved word is one.</summary>
    public bool Bare { get; init; }

    public bool Unknown => Splits || Text.Contains(Gap, StringComparison.Ordinal);

    /// <summary>The known text before the first unknown part.</summary>
    public string Prefix => Text.IndexOf(Gap, StringComparison.Ordinal) is var at and >= 0 ? Text[..at] : Text;

    /// <summary>The known text after the last unknown part.</summary>
    public string Suffix => Text[(Text.LastIndexOf(Gap) + 1)..];

    /// <summary>For a person: unknown parts shown as an ellipsis.</summary>
    public string Shown => Text.Replace(Gap, '…');
}
