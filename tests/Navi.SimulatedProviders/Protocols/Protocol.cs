using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Navi.SimulatedProviders.Scenarios;
using Navi.SimulatedProviders.Validation;

namespace Navi.SimulatedProviders.Protocols;

/// <summary>A vendor's way to ask and to answer.</summary>
internal abstract class Protocol
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Its name, as NAVI's kind of a model entry.</summary>
    public abstract string Name { get; }

    /// <summary>Type of a streamed answer.</summary>
    public virtual string StreamType => "text/event-stream; charset=utf-8";

    /// <summary>A request that says nothing about it is answered as a stream.</summary>
    public virtual bool StreamsByDefault => false;

    /// <summary>The status of an overloaded server.</summary>
    public virtual int UnavailableStatus => 503;

    /// <summary>Form of a request.</summary>
    public abstract Shape Request { get; }

    /// <summary>What is wrong with the order of the messages; null for nothing.</summary>
    public virtual Violation? Order(JsonElement body) => null;

    /// <summary>The key that a request carries; empty for none, null where none is needed.</summary>
    public abstract string? KeyOf(IHeaderDictionary headers);

    /// <summary>What else a request lacks, such as a header; null for nothing.</summary>
    public virtual Violation? Missing(HttpRequest request) => null;

    /// <summary>The model that the path names; null where the body does.</summary>
    public virtual string? ModelOf(string path) => null;

    /// <summary>Body of the answer to a violation.</summary>
    public abstract string Refusal(Violation violation, string id);

    /// <summary>Body of an answer of <paramref name="status"/>.</summary>
    public abstract string Error(int status, string id);

    /// <summary>Body of the answer when the filter refuses the conversation.</summary>
    public abstract string Filtered(string id);

    /// <summary>The headers of every answer.</summary>
    public abstract IEnumerable<(string Name, string Value)> Headers(string id, bool limited);

    /// <summary>The whole answer.</summary>
    public abstract string Whole(Answer answer);

    /// <summary>The answer in frames, each complete.</summary>
    public abstract IEnumerable<string> Frames(Answer answer, bool includeUsage);

    /// <summary>A frame that is no JSON.</summary>
    public virtual string BrokenFrame => "data: {\"id\":\"broken\n\n";

    protected static string Write(object value) => JsonSerializer.Serialize(value, Json);

    protected static string Finished(Turn turn, string calls, string text, string length, string refusal, string filter) => turn.Finish switch
    {
        Finish.Length => length,
        Finish.Refusal => refusal,
        Finish.ContentFilter => filter,
        _ => turn.Calls.Count > 0 ? calls : text,
    };
}
