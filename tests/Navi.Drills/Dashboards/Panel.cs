namespace Navi.Drills.Dashboards;

/// <summary>A panel that shows something.</summary>
/// <param name="Dashboard">Uid of its dashboard.</param>
/// <param name="Title">Its title.</param>
/// <param name="Description">What it says of itself.</param>
/// <param name="Unit">Unit of its values.</param>
/// <param name="Runbooks">Addresses that its links lead to.</param>
/// <param name="Queries">Its queries, with Grafana's variables in them.</param>
internal sealed record Panel(string Dashboard, string Title, string Description, string Unit, IReadOnlyList<string> Runbooks, IReadOnlyList<string> Queries)
{
    public override string ToString() => $"{Dashboard} · {Title}";
}
