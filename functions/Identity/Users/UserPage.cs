namespace Navi.Functions.Identity.Users;

/// <summary>People by id; <paramref name="Next"/> is the value of <c>after</c> for the next page, null on the last one.</summary>
internal sealed record UserPage(IReadOnlyList<UserView> Items, string? Next);
