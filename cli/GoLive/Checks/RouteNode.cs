namespace Navi.Cli.GoLive.Checks;

/// <summary>A route of Alertmanager's configuration.</summary>
internal sealed class RouteNode
{
    /// <summary>Null for its parent's.</summary>
    public string? Receiver { get; set; }

    public List<string>? Matchers { get; set; }

    public Dictionary<string, string>? Match { get; set; }

    public Dictionary<string, string>? MatchRe { get; set; }

    /// <summary>Routes beside it are asked, too.</summary>
    public bool Continue { get; set; }

    public List<RouteNode>? Routes { get; set; }
}
