namespace Navi.Drills.Rules;

/// <summary>Rules that are evaluated one after the other.</summary>
internal sealed class RuleGroup
{
    public string Name { get; set; } = "";

    /// <summary>Its own interval; null for the general one.</summary>
    public string? Interval { get; set; }

    public List<Rule> Rules { get; set; } = [];
}
