namespace Navi.Platform.Security.Clients;

/// <summary>A program with credentials of its own.</summary>
public sealed class ServiceClientRow
{
    /// <summary>Its id in OAuth.</summary>
    public string ClientId { get; init; } = "";

    /// <summary>What it is for.</summary>
    public string Name { get; init; } = "";

    /// <summary>The roles that were given.</summary>
    public string[] Roles { get; init; } = [];

    /// <summary>When, UTC.</summary>
    public DateTime CreatedAt { get; init; }

    /// <summary>Which administrator made it.</summary>
    public string? CreatedBy { get; init; }
}
