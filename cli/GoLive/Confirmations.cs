using System.Text.Json;
using Navi.Cli.Api;

namespace Navi.Cli.GoLive;

/// <summary>What people answer for: a JSON array of entries, each with item, by, on and note.</summary>
internal sealed class Confirmations
{
    private const int GoodForDays = 90;

    private readonly Dictionary<string, Confirmation> entries;

    private Confirmations(Dictionary<string, Confirmation> entries) => this.entries = entries;

    public static Confirmations None { get; } = new([]);

    /// <summary>Reads a file.</summary>
    /// <exception cref="CliException">It can't be read, or an entry is wrong; the message names entry, field and value.</exception>
    public static Confirmations Read(string file, DateOnly today)
    {
        List<Confirmation?> read;
        try
        {
            read = JsonSerializer.Deserialize<List<Confirmation?>>(File.ReadAllText(file), WireJson.Options) ?? throw new JsonException("It is null.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw CliException.Usage($"--confirmed {file} can't be read as a JSON array of objects with item, by, on (YYYY-MM-DD) and note: {e.Message}");
        }
        var entries = new Dictionary<string, Confirmation>(StringComparer.Ordinal);
        foreach (var (number, entry) in read.Index())
        {
            if (Fault(entry, today) is { } fault)
                throw CliException.Usage($"--confirmed {file}: entry {number + 1}: {fault}");
            if (!entries.TryAdd(entry!.Item!, entry))
                throw CliException.Usage($"--confirmed {file}: entry {number + 1}: item '{entry.Item}' is there twice.");
        }
        return new Confirmations(entries);
    }

    /// <summary>Who has confirmed an item and when; null when nobody has.</summary>
    public string? Of(string item) => entries.GetValueOrDefault(item) is { } entry ? $"confirmed by {entry.By} on {entry.On:yyyy-MM-dd}: {entry.Note}" : null;

    private static string? Fault(Confirmation? entry, DateOnly today) => entry switch
    {
        null => "it is null.",
        { Item: null } => "item is missing.",
        _ when Checklist.Sections.SelectMany(s => s.Items).All(i => i.Id != entry.Item) => $"item '{entry.Item}' is not one of the checklist ({string.Join(", ", Checklist.Sections.SelectMany(s => s.Items).Select(i => i.Id))}).",
        _ when string.IsNullOrWhiteSpace(entry.By) => "by is missing: who answers for it?",
        _ when string.IsNullOrWhiteSpace(entry.Note) => "note is missing: what did that person see?",
        { On: null } => "on is missing: the day as YYYY-MM-DD.",
        { On: { } on } when on > today => $"on '{on:yyyy-MM-dd}' lies in the future.",
        { On: { } on } when on < today.AddDays(-GoodForDays) => $"on '{on:yyyy-MM-dd}' is more than {GoodForDays} days ago: look again.",
        _ => null,
    };
}
