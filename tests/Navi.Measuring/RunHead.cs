namespace Navi.Measuring;

/// <summary>When and on what was measured.</summary>
internal sealed record RunHead(DateTimeOffset Date, string Machine, int Cores, string Dotnet)
{
    /// <summary>In one line.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string Described => $"{Machine}, {Cores} cores, {Dotnet}";
}
