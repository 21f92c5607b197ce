namespace System.Management.Automation;

/// <summary>Whether a progress record goes on or ends.</summary>
public enum ProgressRecordType
{
    Processing = 0,
    Completed = 1,
}
