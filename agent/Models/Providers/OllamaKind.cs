using Microsoft.Extensions.AI;
using Navi.Agent.Models.Options;
using OllamaSharp;

namespace Navi.Agent.Models.Providers;

/// <summary>Ollama's own protocol, /api/chat.</summary>
internal sealed class OllamaKind : IModelKind
{
    public string Name => "ollama";

    public IEnumerable<string> Problems(ModelEntry entry) => [.. Endpoints.Problems(entry, required: true), .. Endpoints.KeyProblems(entry, required: false)];

    public Uri? Endpoint(ModelEntry entry) => new(entry.Endpoint!);

    public IChatClient Create(ModelEntry entry, HttpClient http)
    {
        http.BaseAddress = Endpoint(entry);
        var client = new OllamaApiClient(http, entry.Model);
        if (entry.ApiKey is { Length: > 0 } key)
            client.DefaultRequestHeaders["Authorization"] = $"Bearer {key}";
        return client;
    }
}
