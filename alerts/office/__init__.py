"""What the crisis-management office (危機管理室) says in its own name: drafts, their check, and who lets them out."""
