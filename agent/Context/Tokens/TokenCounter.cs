using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.ML.Tokenizers;

namespace Navi.Agent.Context.Tokens;

/// <summary>
/// Counts tokens with the vocabulary o200k_base, and remembers the count of a text by its digest: a turn counts what is new and no more. Other vendors' counts are estimated from this one.
/// </summary>
internal sealed class TokenCounter
{
    // Below this a digest costs about as much as counting.
    private const int Short = 48;
    private const int Most = 20_000;
    private static readonly Lazy<Tokenizer> Vocabulary = new(() => TiktokenTokenizer.CreateForEncoding("o200k_base"));
    private ConcurrentDictionary<UInt128, int> recent = new();
    private ConcurrentDictionary<UInt128, int> older = new();

    /// <summary>Texts that were really counted, for tests of the cache.</summary>
    public long Counted { get; private set; }

    public int Count(string text)
    {
        if (text.Length == 0)
            return 0;
        if (text.Length < Short)
            return Vocabulary.Value.CountTokens(text);
        var key = MemoryMarshal.Read<UInt128>(SHA256.HashData(MemoryMarshal.AsBytes(text.AsSpan())));
        if (recent.TryGetValue(key, out var known))
            return known;
        if (!older.TryGetValue(key, out known))
        {
            known = Vocabulary.Value.CountTokens(text);
            Counted++;
        }
        // Two generations bound the memory without a list of uses.
        if (recent.Count >= Most)
            (older, recent) = (recent, new());
        recent[key] = known;
        return known;
    }
}
