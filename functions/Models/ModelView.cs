using Navi.Agent.Models.Catalogue;

namespace Navi.Functions.Models;

/// <summary>A model as the API shows it.</summary>
internal sealed record ModelView(
    string Name, string Kind, string Model, string? Endpoint, IReadOnlyList<string> Modes, int? ContextWindow, int? MaxOutput, bool Default, ModelPriceView? Prices)
{
    public static ModelView Of(ModelDescription model) => new(
        model.Name, model.Kind, model.Model, model.Endpoint, model.Modes, model.ContextWindow, model.MaxOutput, model.Default, model.Prices is { } p ? ModelPriceView.Of(p) : null);
}
