using Navi.SimulatedProviders.Requests;
using Navi.SimulatedProviders.Scenarios;

namespace Navi.SimulatedProviders.Protocols;

/// <summary>What is to be said, before a protocol puts it into words.</summary>
/// <param name="Id">Letters and digits that follow from the seed and the request; part of every id.</param>
/// <param name="Created">Seconds since 1970.</param>
/// <param name="Request">The request.</param>
/// <param name="Turn">The answer.</param>
/// <param name="Usage">Its tokens.</param>
internal sealed record Answer(string Id, long Created, ModelRequest Request, Turn Turn, TokenUse Usage)
{
    /// <summary>The text in pieces of some tokens each, whole characters only.</summary>
    public IEnumerable<string> Pieces => Split(Turn.Text);

    /// <summary>A text in pieces of at most 48 characters.</summary>
    public static IEnumerable<string> Split(string text)
    {
        for (var at = 0; at < text.Length;)
        {
            var length = Math.Min(48, text.Length - at);
            if (char.IsHighSurrogate(text[at + length - 1]) && at + length < text.Length)
                length++;
            yield return text.Substring(at, length);
            at += length;
        }
    }
}
