namespace Navi.Cli.SignIn;

/// <summary>A token that is given and can't be renewed, or none.</summary>
internal sealed class FixedToken(string? token) : ITokenSource
{
    public Task<string?> GetAsync(CancellationToken cancellation) => Task.FromResult(token);

    public Task<string?> RenewAsync(string refused, CancellationToken cancellation) => Task.FromResult<string?>(null);
}
