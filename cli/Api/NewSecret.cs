namespace Navi.Cli.Api;

/// <summary>Body of PUT /v1/secrets/{name}.</summary>
internal sealed record NewSecret(string Value)
{
    public override string ToString() => nameof(NewSecret);
}
