namespace Navi.Functions.Models;

/// <summary>Answer of GET /v1/models.</summary>
internal sealed record ModelListView(IReadOnlyList<ModelView> Items);
