using Navi.Platform.Data.Expansion;

namespace Navi.Platform.Data;

/// <summary>One step of the application's schema.</summary>
/// <param name="Number">Its place in the order.</param>
/// <param name="Name">Its file, such as <c>0001_core.sql</c>.</param>
/// <param name="Sql">What it does.</param>
/// <param name="Checksum">SHA-256 of <paramref name="Sql"/> in hexadecimal digits.</param>
public sealed record Migration(int Number, string Name, string Sql, string Checksum)
{
    /// <summary>Why a build that does not know this migration might not work after it; empty when it only expands the schema.</summary>
    public IReadOnlyList<string> Obstacles { get; } = ExpandRules.Obstacles(Sql);

    /// <summary>True when it only expands the schema.</summary>
    public bool Expands => Obstacles.Count == 0;
}
