namespace Navi.Cli.GoLive.Checks;

/// <summary>Alertmanager's configuration, as far as it says who is told.</summary>
internal sealed class RouteFile
{
    public RouteNode? Route { get; set; }

    public List<Dictionary<string, object?>>? Receivers { get; set; }
}
