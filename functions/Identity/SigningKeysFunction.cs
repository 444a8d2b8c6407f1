using Microsoft.Azure.Functions.Worker;
using Navi.Platform.Security.SigningKeys;

namespace Navi.Functions.Identity;

/// <summary>Every hour: makes, retires and deletes signing keys.</summary>
public sealed class SigningKeysFunction(SigningKeyRotation rotation)
{
    /// <summary>Runs once per schedule in the whole deployment.</summary>
    [Function(nameof(KeepSigningKeys))]
    public Task KeepSigningKeys([TimerTrigger("0 7 * * * *")] TimerInfo timer, CancellationToken cancellation) => rotation.RunAsync(cancellation);
}
