namespace Navi.Cli.SignIn;

/// <summary>Where a bearer token comes from.</summary>
internal interface ITokenSource
{
    /// <summary>A token to try; null for none.</summary>
    Task<string?> GetAsync(CancellationToken cancellation);

    /// <summary>A newer token than the one that NAVI refused; null when there can't be one.</summary>
    Task<string?> RenewAsync(string refused, CancellationToken cancellation);
}
