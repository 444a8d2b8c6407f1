using Anthropic;
using Microsoft.Extensions.AI;
using Navi.Agent.Models.Options;

namespace Navi.Agent.Models.Providers;

/// <summary>Anthropic's Messages API.</summary>
internal sealed class AnthropicKind : IModelKind
{
    private const string Home = "https://api.anthropic.com";

    public string Name => "anthropic";

    public IEnumerable<string> Problems(ModelEntry entry) => [.. Endpoints.Problems(entry, required: false), .. Endpoints.KeyProblems(entry, required: true)];

    public Uri? Endpoint(ModelEntry entry) => new(entry.Endpoint is { Length: > 0 } given ? given : Home);

    public IChatClient Create(ModelEntry entry, HttpClient http) => new AnthropicClient
    {
        ApiKey = entry.ApiKey!,
        BaseUrl = Endpoint(entry)!.ToString().TrimEnd('/'),
        HttpClient = http,
        MaxRetries = 0,
        // The layers above time the answer; the client only needs to be more patient.
        Timeout = entry.CallTimeout + TimeSpan.FromMinutes(1),
    }.AsIChatClient(entry.Model, entry.MaxOutputTokens);
}
