using System.ClientModel;
using System.ClientModel.Primitives;
using Azure.AI.OpenAI;
using Azure.Core;
using Microsoft.Extensions.AI;
using Navi.Agent.Models.Options;

namespace Navi.Agent.Models.Providers;

/// <summary>Azure OpenAI by key, or without one by the process's Entra identity.</summary>
/// <param name="entra">Makes the identity when the first entry without a key is used.</param>
internal sealed class AzureOpenAiKind(Func<TokenCredential> entra) : IModelKind
{
    private readonly Lazy<TokenCredential> identity = new(entra);

    public string Name => "azure_openai";

    public IEnumerable<string> Problems(ModelEntry entry) => [.. Endpoints.Problems(entry, required: true), .. Endpoints.KeyProblems(entry, required: false)];

    public Uri? Endpoint(ModelEntry entry) => new(entry.Endpoint!);

    public IChatClient Create(ModelEntry entry, HttpClient http)
    {
        var options = new AzureOpenAIClientOptions
        {
            Transport = new HttpClientPipelineTransport(http),
            RetryPolicy = new ClientRetryPolicy(0),
            NetworkTimeout = Timeout.InfiniteTimeSpan,
        };
        var client = entry.ApiKey is { Length: > 0 } key
            ? new AzureOpenAIClient(Endpoint(entry), new ApiKeyCredential(key), options)
            : new AzureOpenAIClient(Endpoint(entry), identity.Value, options);
        return client.GetChatClient(entry.Model).AsIChatClient();
    }
}
