using System.ClientModel;
using System.ClientModel.Primitives;
using Microsoft.Extensions.AI;
using Navi.Agent.Models.Options;
using OpenAI;

namespace Navi.Agent.Models.Providers;

/// <summary>OpenAI's Chat Completions, at OpenAI or at whatever speaks the same protocol.</summary>
internal sealed class OpenAiKind(bool compatible) : IModelKind
{
    private const string Home = "https://api.openai.com/v1";

    public string Name => compatible ? "openai_compatible" : "openai";

    public IEnumerable<string> Problems(ModelEntry entry) => [.. Endpoints.Problems(entry, required: compatible), .. Endpoints.KeyProblems(entry, required: !compatible)];

    public Uri? Endpoint(ModelEntry entry) => new(entry.Endpoint is { Length: > 0 } given ? given : Home);

    public IChatClient Create(ModelEntry entry, HttpClient http)
    {
        var options = new OpenAIClientOptions
        {
            Endpoint = Endpoint(entry),
            Transport = new HttpClientPipelineTransport(http),
            RetryPolicy = new ClientRetryPolicy(0),
            NetworkTimeout = Timeout.InfiniteTimeSpan,
        };
        // The client insists on a key; servers that need none do not look at it.
        return new OpenAIClient(new ApiKeyCredential(entry.ApiKey is { Length: > 0 } key ? key : "none"), options).GetChatClient(entry.Model).AsIChatClient();
    }
}
