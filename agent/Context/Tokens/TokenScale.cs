namespace Navi.Agent.Context.Tokens;

/// <summary>
/// Factor from our count to the provider's. It begins with the vendor's declared one and follows what the provider reported in the task's last turn, within bounds: a provider that reports nonsense
/// must neither empty the conversation nor let it overflow. It depends on the task's own rows alone, so a repeated turn decides as the first one did.
/// </summary>
internal static class TokenScale
{
    private const double Least = 0.9;
    private const double Most = 2.0;

    /// <param name="declared">The vendor's factor.</param>
    /// <param name="estimated">Our unscaled count of the last prompt; null when there is none.</param>
    /// <param name="reported">The provider's count of it; null when it told none.</param>
    public static double Of(double declared, int? estimated, long? reported) =>
        estimated is > 0 && reported is > 0 ? Math.Clamp((double)reported.Value / estimated.Value, Least, Most) : declared;
}
