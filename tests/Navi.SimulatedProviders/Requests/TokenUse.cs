namespace Navi.SimulatedProviders.Requests;

/// <summary>Tokens of one answer.</summary>
/// <param name="Input">Read, the cached ones included.</param>
/// <param name="Cached">Of these, read from the cache.</param>
/// <param name="Output">Written.</param>
public sealed record TokenUse(int Input, int Cached, int Output)
{
    /// <summary>The declared rule: four bytes of UTF-8 make a token.</summary>
    public static int Of(int bytes) => (bytes + 3) / 4;
}
