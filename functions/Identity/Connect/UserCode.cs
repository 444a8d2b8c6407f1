namespace Navi.Functions.Identity.Connect;

/// <summary>The code that a device shows: eight letters, written in two groups.</summary>
internal static class UserCode
{
    private const int Letters = 8;

    /// <summary>The code as it is written, whatever case, spaces and dashes somebody typed; null when it can't be one.</summary>
    public static string? Read(string? typed)
    {
        var letters = string.Concat((typed ?? "").Where(c => !char.IsWhiteSpace(c) && c != '-')).ToUpperInvariant();
        return letters.Length == Letters && letters.All(char.IsAsciiLetterUpper) ? $"{letters[..4]}-{letters[4..]}" : null;
    }
}
