using YamlDotNet.Serialization;

namespace Navi.Drills.Rules;

/// <summary>One rule as its file states it: an alert or a recording.</summary>
internal sealed class Rule
{
    /// <summary>The alert's name; null for a recording.</summary>
    public string? Alert { get; set; }

    /// <summary>The recorded metric; null for an alert.</summary>
    public string? Record { get; set; }

    /// <summary>PromQL.</summary>
    public string Expr { get; set; } = "";

    /// <summary>How long the expression must hold; null for at once.</summary>
    public string? For { get; set; }

    public Dictionary<string, string> Labels { get; set; } = [];

    public Dictionary<string, string> Annotations { get; set; } = [];

    /// <summary><c>page</c> or <c>ticket</c>; empty when the file names none.</summary>
    [YamlIgnore]
    public string Severity => Labels.GetValueOrDefault("severity", "");

    /// <summary>What tells alerts of one name apart: name, severity and window.</summary>
    [YamlIgnore]
    public string Identity => string.Join(' ', new[] { Alert, Severity, Labels.GetValueOrDefault("window") }.Where(p => p is not null));
}
