using Navi.Agent.Projects;
using Navi.Agent.Tools;

namespace Navi.Agent.Code;

/// <summary>Definitions of many files, and which files were not read for them.</summary>
/// <param name="Symbols">By path, in the order of the file.</param>
/// <param name="Files">How many files were read.</param>
/// <param name="Unread">Source files in a language whose definitions are not known, by language with their number, and files that could not be read, by path.</param>
internal sealed record SymbolScan(IReadOnlyList<CodeSymbol> Symbols, int Files, IReadOnlyList<string> Unread)
{
    private const int Most = 500_000;

    /// <summary>A closing line about what was not read; empty when everything was.</summary>
    public string Note => Unread.Count == 0 ? "" : $"\n[definitions are not read from: {string.Join(", ", Unread)}; use search_text there]";

    /// <summary>Reads the files on a thread with a deep stack.</summary>
    /// <param name="context">Whose files are read.</param>
    /// <param name="glob">Only files that it matches.</param>
    /// <param name="mention">Only files that have this text, upper and lower case the same; null for all.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static Task<SymbolScan> OfAsync(ToolContext context, string? glob, string? mention, CancellationToken cancellationToken) =>
        DeepStack.RunAsync(() => Of(context, glob, mention, cancellationToken), cancellationToken);

    private static SymbolScan Of(ToolContext context, string? glob, string? mention, CancellationToken cancellationToken)
    {
        var symbols = new List<CodeSymbol>();
        var unread = new List<string>();
        var unknown = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var files = 0;
        foreach (var (path, stat) in context.Files(glob))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!SymbolReader.Reads(path))
            {
                if (LanguageTable.Of(path) is var language && LanguageTable.IsCode(language))
                    unknown[language] = unknown.GetValueOrDefault(language) + 1;
                continue;
            }

            if (stat.Size > ToolText.MaxBytes)
                unread.Add($"{path} (has {stat.Size} bytes)");
            if (context.TryReadText(path, stat.Size) is not { } file || (mention is not null && !file.Text.Contains(mention, StringComparison.OrdinalIgnoreCase)))
                continue;
            try
            {
                if (symbols.Count > Most)
                    throw new UnreadableCodeException($"comes after {Most} definitions");
                symbols.AddRange(SymbolReader.Read(path, file.Text)!);
                files++;
            }
            catch (UnreadableCodeException e)
            {
                unread.Add($"{path} ({e.Message})");
            }
        }

        return new(symbols, files, [.. unknown.Select(u => $"{u.Value} {u.Key} file{(u.Value == 1 ? "" : "s")}"), .. unread.Take(50), .. unread.Count > 50 ? [$"{unread.Count - 50} more files"] : Array.Empty<string>()]);
    }
}
