namespace Navi.DeploymentChecks.PrometheusRules;

/// <summary>A file of prometheus/ as YAML has it.</summary>
internal sealed class RuleSource
{
    public List<Group> Groups { get; set; } = [];

    /// <summary>Rules that are evaluated together.</summary>
    internal sealed class Group
    {
        public string Name { get; set; } = "";

        public string? Interval { get; set; }

        public List<Rule> Rules { get; set; } = [];
    }

    /// <summary>An alert or a recording.</summary>
    internal sealed class Rule
    {
        public string? Alert { get; set; }

        public string? Record { get; set; }

        public string Expr { get; set; } = "";

        public string? For { get; set; }

        public Dictionary<string, string> Labels { get; set; } = [];

        public Dictionary<string, string> Annotations { get; set; } = [];
    }
}
