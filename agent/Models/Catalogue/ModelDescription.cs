using Navi.Agent.Models.Prices;

namespace Navi.Agent.Models.Catalogue;

/// <summary>A model as operators see it; it holds no key.</summary>
/// <param name="Name">Name by which tasks call it.</param>
/// <param name="Kind">Protocol, or the provider's own name.</param>
/// <param name="Model">The provider's name of the model or deployment.</param>
/// <param name="Endpoint">Host; null for what runs in this process.</param>
/// <param name="Modes">Modes it serves.</param>
/// <param name="ContextWindow">Tokens it can read; null when nobody has told.</param>
/// <param name="MaxOutput">Most tokens it may write; null when nobody has told.</param>
/// <param name="Default">Tasks that name neither provider nor mode go here first.</param>
/// <param name="Prices">US dollars per million tokens; null when unknown: its calls are recorded as unpriced.</param>
public sealed record ModelDescription(
    string Name, string Kind, string Model, string? Endpoint, IReadOnlyList<string> Modes, int? ContextWindow, int? MaxOutput, bool Default, ModelPrice? Prices);
