using System.Text.Json;

namespace Navi.SimulatedProviders.Requests;

/// <summary>A request that came.</summary>
/// <param name="Number">From 1, over all model calls.</param>
/// <param name="Protocol">openai, azure_openai, anthropic or ollama.</param>
/// <param name="Path">Path and query.</param>
/// <param name="Turn">Answers of the model in its conversation; -1 for a request that was not understood.</param>
/// <param name="Status">The answer's status.</param>
/// <param name="Fault">The failure that happened to it; null for none.</param>
/// <param name="Violations">What its vendor's description does not allow.</param>
/// <param name="Usage">Tokens that were billed; null for none.</param>
/// <param name="Body">The request, without its headers and so without its key.</param>
public sealed record LoggedRequest(
    int Number, string Protocol, string Path, int Turn, int Status, string? Fault, IReadOnlyList<string> Violations, TokenUse? Usage, JsonElement? Body);
