using Azure;
using Azure.Identity;

namespace Navi.Platform.Security.Encryption;

/// <summary>Tells failures of Key Vault, and of the identity that NAVI shows there, from others. Azure's clients throw a collection when they have tried several times.</summary>
public static class KeyServiceFailure
{
    /// <summary>True when the key service refused, could not be reached, or could not be shown who asks.</summary>
    public static bool Is(Exception e) => e switch
    {
        RequestFailedException or AuthenticationFailedException => true,
        AggregateException several => several.InnerExceptions.Count > 0 && several.InnerExceptions.All(i => Is(i) || i is OperationCanceledException or HttpRequestException or IOException),
        _ => false,
    };

    /// <summary>One sentence, without the headers that the clients' own messages carry.</summary>
    public static string Say(Exception e) => e switch
    {
        RequestFailedException { Status: > 0 } refused => $"Key Vault answered {refused.Status} {refused.ErrorCode}.",
        AuthenticationFailedException => $"This process could not sign in for Key Vault: {e.Message.Split('\n')[0].Trim()}",
        AggregateException { InnerExceptions: [.., var last] } => Is(last) ? Say(last) : "Key Vault could not be reached.",
        _ => "Key Vault could not be reached.",
    };
}
