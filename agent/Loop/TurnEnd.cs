using Microsoft.Extensions.AI;
using Navi.Agent.Effects;
using Navi.Agent.Tools;
using Navi.Platform.Json;

namespace Navi.Agent.Loop;

/// <summary>A turn that ends the task instead of giving calls, as the ledger keeps it: words for people, and the exact stop reason beside them.</summary>
internal static class TurnEnd
{
    private const int Limit = 4_000;

    public static StoredResult Of(string reason, string explanation) => new(explanation, true, NaviJson.Write(new End(reason)));

    /// <summary>The stop reason of a stored end; <c>failed</c> for one that names none.</summary>
    public static string ReasonOf(StoredResult end) => end.Data is { } data ? NaviJson.Read<End>(data).StopReason : "failed";

    /// <summary>The end that the provider's or the model's refusal means; null for an answer.</summary>
    public static StoredResult? OfRefusal(ChatResponse response)
    {
        var words = response.Messages.SelectMany(m => m.Contents).OfType<ErrorContent>().FirstOrDefault(e => e.ErrorCode == "Refusal")?.Message;
        if (words is null && response.FinishReason != ChatFinishReason.ContentFilter && response.FinishReason?.Value != "refusal")
            return null;
        words ??= response.Text;
        return Of("refused", words.Length == 0 ? "The provider refused to answer." : $"The model refused: {BoundedText.Cut(words.Replace('\0', '\uFFFD'), Limit)}");
    }

    private sealed record End(string StopReason);
}
