namespace Navi.Agent.Policy;

/// <summary>Where the policy comes from.</summary>
public sealed class PolicyOptions
{
    /// <summary>Configuration section these options are read from.</summary>
    public const string Section = "Navi:Policy";

    /// <summary>A YAML file that replaces the shipped policy as a whole. Default: null, the shipped policy.</summary>
    public string? Path { get; set; }
}
