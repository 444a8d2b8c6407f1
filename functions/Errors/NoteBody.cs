using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Navi.Functions.Errors;

/// <summary>Body of POST /v1/errors/{id}/resolve and /reopen.</summary>
/// <param name="Note">What was found or done; it is added to the group's notes.</param>
internal sealed record NoteBody([property: Description("What was found or done; it is added to the group's notes."), StringLength(2_000)] string? Note = null);
